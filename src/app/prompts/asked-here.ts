import { inject, Injectable } from '@angular/core';
import type { Prompt, Session } from '../connection/owner-client.ts';
import { Sources } from '../sessions/sources.ts';
import { StartedHere } from './started-here.ts';

/** What the person has just started in this window: only its question may take the keyboard. */
@Injectable({ providedIn: 'root' })
export class AskedHere {
  readonly #sources = inject(Sources);
  readonly #started = new StartedHere();

  /** The start of a session: its question can be one of a session or integration on its path. */
  async during(session: Session, start: () => Promise<void>): Promise<void> {
    const answered = this.#started.begin(this.#sources.idsOnPath(session));
    try {
      await start();
    } finally {
      answered(Date.now());
    }
  }

  takes({ sessionId = '', integrationId = '' }: Prompt): boolean {
    if (!this.#started.has([sessionId, integrationId], Date.now())) return false;
    // Not while the person types elsewhere: the text must not end up in the card.
    const { activeElement } = document;
    const isTyping = activeElement instanceof HTMLInputElement && activeElement.value !== '';
    return !isTyping && document.querySelector('dialog[open]') === null;
  }
}
