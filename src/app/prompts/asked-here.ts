import { inject, Injectable } from '@angular/core';
import type { Prompt, Session } from '../connection/owner-client.ts';
import { Sources } from '../sessions/sources.ts';

/** For this long after a start, its question takes the keyboard, in milliseconds. */
const takesFor = 10_000;

/** What the person has just started in this window: only its question may take the keyboard. */
@Injectable({ providedIn: 'root' })
export class AskedHere {
  readonly #sources = inject(Sources);
  #ids: ReadonlySet<string> = new Set();
  #at = 0;

  /** The start of a session: its question can be one of a session or integration on its path. */
  note(session: Session): void {
    this.#ids = this.#sources.idsOnPath(session);
    this.#at = Date.now();
  }

  takes({ sessionId = '', integrationId = '' }: Prompt): boolean {
    if (Date.now() - this.#at > takesFor || document.querySelector('dialog[open]') !== null) {
      return false;
    }
    // Not while the person types elsewhere: the text must not end up in the card.
    const { activeElement } = document;
    const isTyping = activeElement instanceof HTMLInputElement && activeElement.value !== '';
    return !isTyping && (this.#ids.has(sessionId) || this.#ids.has(integrationId));
  }
}
