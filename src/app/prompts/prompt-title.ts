import { inject, Injectable } from '@angular/core';
import type { Prompt } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Sources } from '../sessions/sources.ts';
import { isRefusal } from './prompt-queue.ts';

/** What questions are called, in cards and in the title of the window. */
@Injectable({ providedIn: 'root' })
export class PromptTitles {
  readonly #workspace = inject(Workspace);
  readonly #sources = inject(Sources);

  of(prompt: Prompt): string {
    const { kind, text, url, sessionId, integrationId = '', isNew } = prompt;
    if (kind === 'unlock' && isNew === true) return 'Choose a new passphrase for the vault';
    const session = sessionId === undefined ? undefined : this.#workspace.session(sessionId);
    const integration = this.#sources.nameOf(integrationId);
    // The text tells how to answer on the command line; the card has buttons and hints for that.
    if (kind === 'saml' && url === undefined && session !== undefined) {
      return `Sign in for ${session.sessionName}`;
    }
    if (kind === 'device-code' && integration !== undefined) return `Sign in to ${integration}`;
    if (isRefusal(prompt) && session !== undefined) return `MFA code for ${session.sessionName}`;
    return text;
  }
}
