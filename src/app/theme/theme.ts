import { computed, effect, Injectable, signal } from '@angular/core';

export type ThemeName = 'light' | 'dark';

const storageKey = 'stint.look';

/** Light or dark: that of the system, until the person chooses one here. */
@Injectable({ providedIn: 'root' })
export class Theme {
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  readonly #systemIsDark = signal(this.#system.matches);
  readonly #chosen = signal(chosenBefore());
  /** What the person chose; undefined for that of the system. */
  readonly chosen = this.#chosen.asReadonly();
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
    this.choose(asSystem ? undefined : next);
  }

  /** Undefined for that of the system. */
  choose(theme: ThemeName | undefined): void {
    this.#chosen.set(theme);
    if (theme === undefined) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  }
}

function chosenBefore(): ThemeName | undefined {
  const theme = localStorage.getItem(storageKey);
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}
