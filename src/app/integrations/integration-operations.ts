import { effect, inject, Injectable, signal } from '@angular/core';
import {
  OwnerClient,
  type IdentityProvider,
  type Integration,
} from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Toasts } from '../toasts/toasts.ts';
import { syncSummary } from './sync-summary.ts';

/** The actions on an integration. Failures are shown as toasts; no method rejects. */
@Injectable({ providedIn: 'root' })
export class IntegrationOperations {
  readonly #owner = inject(OwnerClient);
  readonly #toasts = inject(Toasts);
  readonly #workspace = inject(Workspace);
  readonly #busy = signal<ReadonlySet<string>>(new Set());
  /** Sign-ins asked for here that wait for the person. */
  readonly #signingIn = new Set<string>();
  /** Syncs asked for here that wait for a sign-in: the integration before the sync, by its id. */
  readonly #waiting = new Map<string, Integration>();
  /** The statuses last seen. */
  readonly #statuses = new Map<string, Integration['status']>();

  constructor() {
    effect(() => {
      for (const integration of this.#workspace.integrations()) {
        const { integrationId, status } = integration;
        // By its change: the answer can arrive before the event that says the sign-in began.
        const hasEnded =
          this.#statuses.get(integrationId) === 'logging-in' && status !== 'logging-in';
        this.#statuses.set(integrationId, status);
        if (hasEnded && this.#signingIn.has(integrationId)) this.#reportSignIn(integration);
        this.#reportSync(integration);
      }
    });
  }

  isBusy(integrationId: string): boolean {
    return this.#busy().has(integrationId);
  }

  async login(integration: Integration): Promise<void> {
    await this.#work(integration, async (path) => {
      const options = { path, body: {} };
      const answer = await this.#owner.client.request(
        'POST',
        '/v1/integrations/{id}/login',
        options,
      );
      if ('prompts' in answer) this.#signingIn.add(integration.integrationId);
      else this.#reportSignIn(answer.integration);
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
      else this.#waiting.set(integration.integrationId, integration);
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

  #reportSignIn({ integrationId, name, status }: Integration): void {
    if (status === 'logging-in') return;
    this.#signingIn.delete(integrationId);
    if (status === 'logged-in') this.#toasts.success(`Signed in to ${name}.`);
    else this.#toasts.warn(`Not signed in to ${name}.`, 'Choose Sign in to try again.');
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
