import { inject, Injectable } from '@angular/core';
import { OwnerClient, type Session } from '../connection/owner-client.ts';
import { Toasts } from '../toasts/toasts.ts';

/** How long credentials stay in the clipboard, in milliseconds. */
const keptFor = 60_000;

/** Copies to the clipboard. Failures are shown as toasts; no method rejects. */
@Injectable({ providedIn: 'root' })
export class Clipboard {
  readonly #owner = inject(OwnerClient);
  readonly #toasts = inject(Toasts);

  /** `what`: the name of the text, at the start of a sentence. */
  async copy(what: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.#toasts.success(`${what} copied.`);
    } catch {
      this.#toasts.warn(
        'Cannot copy: the browser does not allow it.',
        'Select the text and copy it with the keyboard.',
      );
    }
  }

  /** On the desktop the app copies them itself, and answers without them. */
  async copyCredentials({ sessionId }: Session): Promise<void> {
    try {
      const { text } = await this.#owner.client.request('POST', '/v1/sessions/{id}/copy', {
        path: { id: sessionId },
      });
      if (text !== '') {
        await navigator.clipboard.writeText(text);
        setTimeout(() => void navigator.clipboard.writeText('').catch(() => undefined), keptFor);
      }
      this.#toasts.success('Credentials copied. The clipboard is cleared in a minute.');
    } catch (error) {
      this.#toasts.error(error);
    }
  }
}
