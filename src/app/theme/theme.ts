import { computed, effect, Injectable, signal } from '@angular/core';

export type Look = 'light' | 'dark';

const kept = 'stint.look';

/** Light or dark: as the system is, until somebody chooses here. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  readonly #systemIsDark = signal(this.#system.matches);
  readonly #chosen = signal(chosenBefore());
  readonly look = computed<Look>(() => this.#chosen() ?? (this.#systemIsDark() ? 'dark' : 'light'));

  constructor() {
    this.#system.addEventListener('change', ({ matches }) => {
      this.#systemIsDark.set(matches);
    });
    effect(() => {
      document.documentElement.dataset['look'] = this.look();
    });
  }

  toggle(): void {
    const next = this.look() === 'light' ? 'dark' : 'light';
    const asSystem = next === (this.#systemIsDark() ? 'dark' : 'light');
    this.#chosen.set(asSystem ? undefined : next);
    if (asSystem) localStorage.removeItem(kept);
    else localStorage.setItem(kept, next);
  }
}

function chosenBefore(): Look | undefined {
  const look = localStorage.getItem(kept);
  return look === 'light' || look === 'dark' ? look : undefined;
}
