import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import type { TokenInfo } from '../../models/token.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { CopyButton } from '../copy/copy-button.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { problemText } from '../toasts/problem-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { expiresSoon, isValid, mayText } from './token-text.ts';

/** Makes one that lists and starts; the person adapts it. */
const createCommand = 'stint token create --name NAME --role operator --expires-in 8h';
/** Several events of one change are answered by one reading, after this many milliseconds. */
const readAfter = 250;

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
  readonly #all = signal<readonly TokenInfo[] | undefined>(undefined);
  protected readonly failure = signal<string | undefined>(undefined);
  protected readonly command = createCommand;
  /** Valid ones; the role distinguishes the windows of `stint ui`. */
  protected readonly tokens = computed(() => {
    // Once a minute is enough to notice that one has expired.
    const now = Math.floor(this.#now.rough() / 60_000) * 60_000;
    return this.#all()?.filter((token) => isValid(token, now));
  });
  protected readonly asked = signal<TokenInfo | 'all' | undefined>(undefined);

  constructor() {
    effect((onCleanup) => {
      this.#workspace.changeCount();
      const isFirst = untracked(this.#all) === undefined;
      const timer = setTimeout(() => void this.read(), isFirst ? 0 : readAfter);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

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

  protected async read(): Promise<void> {
    try {
      const { items } = await this.#owner.client.request('GET', '/v1/tokens');
      this.#all.set(items);
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemText(error).text);
    }
  }

  protected async revoke({ tokenId, name }: TokenInfo): Promise<void> {
    try {
      await this.#owner.client.request('DELETE', '/v1/tokens/{id}', { path: { id: tokenId } });
      this.#toasts.success(`Token ${name} was revoked.`);
    } catch (error) {
      this.#toasts.error(error);
    }
    await this.read();
  }

  protected async revokeAll(): Promise<void> {
    try {
      await this.#owner.client.request('POST', '/v1/tokens/reset-key', { body: {} });
      this.#toasts.success('All tokens were revoked.');
      await this.read();
    } catch (error) {
      this.#toasts.error(error);
    }
  }
}
