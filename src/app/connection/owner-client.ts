import { inject, Injectable } from '@angular/core';
import { createClient, problemOf, type Client, type Schemas } from '../../client/client.ts';
import type { AnswerOf } from '../../client/routes.ts';
import { fetchTransport, type Transport } from '../../client/transport.ts';
import { PointerPress } from '../pointer/pointer-press.ts';
import { WindowAccess } from './window-access.ts';

export type Session = Schemas['Session'];
export type Prompt = Schemas['Prompt'];
export type Integration = Schemas['Integration'];
export type IdentityProvider = Schemas['IdentityProvider'];
export type Run = Schemas['RunSummary'];
export type Lease = Schemas['Lease'];
export type Settings = Schemas['Settings'];
export type SessionsPage = AnswerOf<'GET', '/v1/sessions'>;
export type Finding = Schemas['Finding'];

/** This page's client for the owner of the workspace. */
@Injectable({ providedIn: 'root' })
export class OwnerClient {
  #token: string | undefined;
  readonly #access = new WindowAccess();
  readonly #press = inject(PointerPress);
  readonly #fetch = fetchTransport((request) => fetch(request), location.origin);

  /** What it brings moves what is on the page, so a click that is under way ends before. */
  readonly #transport: Transport = async (request) => {
    const answer = await this.#fetch(request);
    const over = () => this.#press.over();
    return {
      ...answer,
      text: (async function* () {
        for await (const piece of answer.text) {
          await over();
          yield piece;
        }
      })(),
    };
  };

  readonly client: Client = createClient({
    transport: this.#transport,
    token: () => this.#token,
  });

  /** The text of an answer that is not JSON, such as an export. Throws what the owner answered. */
  async text(path: string): Promise<string> {
    const headers: Record<string, string> =
      this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
    const { status, text } = await this.#transport({ method: 'GET', path, headers });
    let whole = '';
    for await (const piece of text) whole += piece;
    if (status === 200) return whole;
    throw problemOf(status, whole);
  }

  /**
   * Gets the page its access token, again after each break. Throws NoWindowToken, StrangerAnswers, and
   * what `fetch` throws.
   */
  async enter(): Promise<void> {
    this.#token = await this.#access.enter();
  }

  /** After the owner refused the token. */
  leave(): void {
    this.#token = undefined;
    this.#access.leave();
  }
}
