import { effect, inject, Injectable, signal } from '@angular/core';
import {
  OwnerClient,
  type IdentityProvider,
  type Integration,
} from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Toasts } from '../toasts/toasts.ts';
import { AwaitedSignIns } from './awaited-sign-ins.ts';
import { syncSummary } from './sync-summary.ts';

/** The actions on an integration. Failures are shown as toasts; no method rejects. */
@Injectable({ providedIn: 'root' })
export class IntegrationOperations {
  readonly #owner = inject(OwnerClient);
  readonly #toasts = inject(Toasts);
  readonly #workspace = inject(Workspace);
  readonly #busy = signal<ReadonlySet<string>>(new Set());
  readonly #signIns = new AwaitedSignIns();
  /** Syncs asked for here that wait for a sign-in: the integration before the sync, by its id. */
  readonly #waiting = new Map<string, Integration>();

  constructor() {
    effect(() => {
      for (const integration of this.#workspace.integrations()) {
        if (this.#signIns.endsWith(integration)) this.#reportSignIn(integration);
        this.#reportSync(integration);
      }
    });
  }

  isBusy(integrationId: string): boolean {
    return this.#busy().has(integrationId);
  }

  async login(integration: Integration): Promise<void> {
    await this.#work(integration, async (path) => {
      const { integrationId } = integration;
      this.#signIns.ask(integration);
      try {
        const options = { path, body: {} };
        const { client } = this.#owner;
        const answer = await client.request('POST', '/v1/integrations/{id}/login', options);
        if ('prompts' in answer) return;
        if (this.#signIns.forget(integrationId)) this.#reportSignIn(answer.integration);
      } catch (error) {
        this.#signIns.forget(integrationId);
        throw error;
      }
    });
  }

  async logout(integration: Integration): Promise<void> {
    await this.#work(integration, async (path) => {
      await this.#owner.client.request('POST', '/v1/integrations/{id}/logout', { path });
      this.#toasts.success(`Signed out of ${integration.name}.`);
    });
  }

  async sync(integration: Integration): Promise<void> {
    await this.#work(integration, async (path) => {
      const answer = await this.#owner.client.request('POST', '/v1/integrations/{id}/sync', {
        path,
      });
      if ('result' in answer) this.#reportResult(integration.name, answer.result);
      else this.#awaitSync(integration);
    });
  }

  async remove(integration: Integration, withSessions: boolean): Promise<void> {
    await this.#work(integration, async (path) => {
      const query = { sessions: withSessions ? 'remove' : 'keep' } as const;
      await this.#owner.client.request('DELETE', '/v1/integrations/{id}', { path, query });
      this.#toasts.success(`${integration.name} was removed.`);
    });
  }

  async removeIdentityProvider({ idpId, name }: IdentityProvider): Promise<void> {
    try {
      await this.#owner.client.request('DELETE', '/v1/idps/{id}', { path: { id: idpId } });
      this.#toasts.success(`${name} was removed.`);
    } catch (error) {
      this.#toasts.error(error);
    }
  }

  #reportSignIn({ name, status }: Integration): void {
    if (status === 'logging-in') return;
    if (status === 'logged-in') this.#toasts.success(`Signed in to ${name}.`);
    else this.#toasts.warn(`Not signed in to ${name}.`, 'Choose Sign in to try again.');
  }

  /** Its end can be known before the answer that says it waits for a sign-in. */
  #awaitSync(before: Integration): void {
    const { integrationId } = before;
    this.#waiting.set(integrationId, before);
    const now = this.#workspace.integrations().find((one) => one.integrationId === integrationId);
    if (now !== undefined) this.#reportSync(now);
  }

  /** Reports the end of a sync that waited for a sign-in. */
  #reportSync({
    integrationId,
    name,
    lastSync,
    lastSyncResult,
    lastSyncFailure,
  }: Integration): void {
    const before = this.#waiting.get(integrationId);
    if (before === undefined) return;
    if (lastSyncResult !== undefined && lastSync !== before.lastSync) {
      this.#reportResult(name, lastSyncResult);
    } else if (lastSyncFailure !== undefined && lastSyncFailure.at !== before.lastSyncFailure?.at) {
      const { detail, next } = lastSyncFailure;
      this.#toasts.warn(`Could not sync ${name}. ${detail}`, next);
    } else {
      return;
    }
    this.#waiting.delete(integrationId);
  }

  #reportResult(name: string, result: NonNullable<Integration['lastSyncResult']>): void {
    this.#toasts.success(`${name} was synced: ${syncSummary(result)}.`);
  }

  async #work(
    { integrationId }: Integration,
    work: (path: { readonly id: string }) => Promise<void>,
  ): Promise<void> {
    if (this.isBusy(integrationId)) return;
    this.#busy.update((all) => new Set(all).add(integrationId));
    try {
      await work({ id: integrationId });
    } catch (error) {
      this.#toasts.error(error);
    } finally {
      this.#busy.update((all) => new Set([...all].filter((id) => id !== integrationId)));
    }
  }
}
