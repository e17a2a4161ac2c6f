import { computed, effect, Injectable, signal } from '@angular/core';

export type ThemeName = 'light' | 'dark';

const storageKey = 'stint.look';

/** Light or dark: that of the system, until the person chooses one here. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  readonly #systemIsDark = signal(this.#system.matches);
  readonly #chosen = signal(chosenBefore());
  readonly current = computed<ThemeName>(
    () => this.#chosen() ?? (this.#systemIsDark() ? 'dark' : 'light'),
  );

  constructor() {
    this.#system.addEventListener('change', ({ matches }) => {
      this.#systemIsDark.set(matches);
    });
    effect(() => {
      document.documentElement.dataset['theme'] = this.current();
    });
  }

  toggle(): void {
    const next = this.current() === 'light' ? 'dark' : 'light';
    const asSystem = next === (this.#systemIsDark() ? 'dark' : 'light');
    this.#chosen.set(asSystem ? undefined : next);
    if (asSystem) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, next);
  }
}

function chosenBefore(): ThemeName | undefined {
  const theme = localStorage.getItem(storageKey);
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}
