import { computed, inject, Injectable } from '@angular/core';
import type { Prompt, Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { stateOf, type State } from './session-state.ts';
import { Sources } from './sources.ts';

/** Which sessions wait for an answer: their own question, or one of a parent or integration. */
@Injectable({ providedIn: 'root' })
export class Waiting {
  readonly #workspace = inject(Workspace);
  readonly #sources = inject(Sources);
  readonly #questions = computed<ReadonlyMap<string, Prompt>>(() => {
    const prompts = this.#workspace.prompts();
    if (prompts.length === 0) return new Map();
    const questions = new Map<string, Prompt>();
    for (const session of this.#workspace.sessions()) {
      if (session.status === 'inactive') continue;
      const ids = this.#sources.idsOnPath(session);
      const question = prompts.find(
        ({ sessionId = '', integrationId = '' }) => ids.has(sessionId) || ids.has(integrationId),
      );
      if (question !== undefined) questions.set(session.sessionId, question);
    }
    return questions;
  });

  /** The question that a session waits for, also to renew its credentials. */
  questionOf(sessionId: string): Prompt | undefined {
    return this.#questions().get(sessionId);
  }

  readonly stateOf = (session: Session): State =>
    stateOf(session, this.#questions().has(session.sessionId));

  isWaiting(session: Session): boolean {
    return this.#questions().has(session.sessionId);
  }
}
