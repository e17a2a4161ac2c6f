import { Injectable } from '@angular/core';
import { createClient, type Client, type Schemas } from '../../client/client.ts';
import { fetchTransport } from '../../client/transport.ts';
import { takeWindowToken } from './window-token.ts';

export type Session = Schemas['Session'];
export type Prompt = Schemas['Prompt'];
export type Integration = Schemas['Integration'];
export type IdentityProvider = Schemas['IdentityProvider'];
export type Run = Schemas['RunSummary'];
export type Lease = Schemas['Lease'];
export type Settings = Schemas['Settings'];
export type Finding = Schemas['Finding'];

/** This page's client for the owner of the workspace. */
@Injectable({ providedIn: 'root' })
export class OwnerClient {
  #token: string | undefined;

  readonly client: Client = createClient({
    transport: fetchTransport((request) => fetch(request), location.origin),
    token: () => this.#token,
  });

  /** Gets the page its access token. Throws NoWindowToken. */
  async enter(): Promise<void> {
    this.#token = await takeWindowToken();
  }
}
