import { effect, inject, Injectable } from '@angular/core';
import { requestIn, type WindowRequest } from '../../models/window-request.ts';
import { Workspace } from '../connection/workspace.ts';
import { Page } from '../navigation/page.ts';
import { focusPrompt } from '../prompts/focus-prompt.ts';
import { ListView } from '../sessions/list-view.ts';
import { Overlays } from './overlays.ts';

/** Follows what the desktop app requests from outside of the page, by the fragment of the address. */
@Injectable({ providedIn: 'root' })
export class WindowRequests {
  readonly #workspace = inject(Workspace);
  readonly #overlays = inject(Overlays);
  readonly #page = inject(Page);
  readonly #view = inject(ListView);
  #asked = requestIn(location.hash);

  constructor() {
    addEventListener('hashchange', () => {
      this.#asked = requestIn(location.hash);
      this.#follow();
    });
    // A request of the first load waits until there is something to show.
    effect(() => {
      if (this.#workspace.connection().kind === 'live') this.#follow();
    });
  }

  #follow(): void {
    const asked = this.#asked;
    if (asked === undefined || this.#workspace.connection().kind !== 'live') return;
    this.#asked = undefined;
    // Removed, so that the same request counts again, and a reload asks for nothing.
    history.replaceState(null, '', location.pathname + location.search);
    // After the page has drawn what it has just learned.
    setTimeout(() => {
      this.#show(asked);
    });
  }

  #show(asked: WindowRequest): void {
    switch (asked.kind) {
      case 'search':
        this.#overlays.showPalette();
        return;
      case 'help':
        this.#overlays.showKeys();
        return;
      case 'import':
        this.#page.open('import');
        return;
      case 'question':
        this.#overlays.close();
        focusPrompt(asked.promptId);
        return;
      case 'session':
        this.#view.reveal(asked.sessionId);
    }
  }
}
