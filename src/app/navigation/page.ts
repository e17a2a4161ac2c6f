import { computed, effect, inject, Injectable } from '@angular/core';
import { Address } from './address.ts';
import { otherPages, type PageName } from './page-name.ts';

/** The page that the window shows. */
@Injectable({ providedIn: 'root' })
export class Page {
  readonly #address = inject(Address);
  /** The part of the path after the page, such as `security` in `/settings/security`. */
  readonly part = computed(() => this.#address.path().split('/')[2] ?? '');
  readonly shown = computed<PageName>(() => {
    const [, first] = this.#address.path().split('/');
    return otherPages.find((name) => name === first) ?? 'sessions';
  });
  /** How the list of sessions was last shown. */
  #list = new URLSearchParams();

  constructor() {
    effect(() => {
      if (this.shown() === 'sessions') this.#list = this.#address.query();
    });
  }

  /** Opens a page, from which Back returns to this one; the list of sessions with its last search and filters. */
  open(name: PageName, part = ''): void {
    if (name === 'sessions') this.#address.go('/', this.#list);
    else this.#address.go(part === '' ? `/${name}` : `/${name}/${part}`);
  }
}
