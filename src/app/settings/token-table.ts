import { Component, computed, inject, signal } from '@angular/core';
import type { TokenInfo } from '../../models/token.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Rereading } from '../connection/rereading.ts';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { expiresSoon, isValid, mayText } from './token-text.ts';

/** Makes one that lists and starts; the person adapts it. */
const createCommand = 'stint token create --name NAME --role operator --expires-in 8h';

/** The client tokens with which programs use the API. */
@Component({
  selector: 'stint-token-table',
  imports: [Confirmation, CopyButton],
  templateUrl: './token-table.html',
  styleUrl: './token-table.css',
})
export class TokenTable {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #toasts = inject(Toasts);
  readonly #now = inject(Now);
  readonly #reading = new Rereading(
    async () => (await this.#owner.client.request('GET', '/v1/tokens')).items,
  );
  protected readonly failure = computed(() => this.#reading.failure()?.text);
  protected readonly command = createCommand;
  /** Valid ones; the role distinguishes the windows of `stint ui`. */
  protected readonly tokens = computed(() => {
    // Once a minute is enough to notice that one has expired.
    const now = Math.floor(this.#now.rough() / 60_000) * 60_000;
    return this.#reading.value()?.filter((token) => isValid(token, now));
  });
  protected readonly asked = signal<TokenInfo | 'all' | undefined>(undefined);

  protected may(token: TokenInfo): string {
    return mayText(token);
  }

  protected bound({ sessionId }: TokenInfo): string | undefined {
    if (sessionId === undefined) return undefined;
    return `only ${this.#workspace.session(sessionId)?.sessionName ?? 'a removed session'}`;
  }

  protected isSoon(token: TokenInfo): boolean {
    return expiresSoon(token, this.#now.rough());
  }

  protected short(instant: string): string {
    return moment(instant, this.#now.rough());
  }

  protected inFull(instant: string): string {
    return fullMoment(instant);
  }

  protected async revoke({ tokenId, name }: TokenInfo): Promise<void> {
    try {
      await this.#owner.client.request('DELETE', '/v1/tokens/{id}', { path: { id: tokenId } });
      this.#toasts.success(`Token ${name} was revoked.`);
    } catch (error) {
      this.#toasts.error(error);
    }
    await this.#reading.read();
  }

  protected async revokeAll(): Promise<void> {
    try {
      await this.#owner.client.request('POST', '/v1/tokens/reset-key', { body: {} });
      this.#toasts.success('All tokens were revoked.');
      await this.#reading.read();
    } catch (error) {
      this.#toasts.error(error);
    }
  }
}
