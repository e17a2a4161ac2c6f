import { effect, inject, Injectable, signal } from '@angular/core';
import { skippedText, syncResultText } from '../../client/sync-text.ts';
import type { Schemas } from '../../client/client.ts';
import {
  OwnerClient,
  type IdentityProvider,
  type Integration,
} from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Notes } from '../notes/notes.ts';

interface WaitingSync {
  /** When it was synced before. */
  readonly lastSync: string | undefined;
  /** Somebody has signed in, and it is under way. */
  readonly hasBegun: boolean;
}

/** What can be done with an integration from here. Refusals become notes; nothing is thrown. */
@Injectable({ providedIn: 'root' })
export class IntegrationOperations {
  readonly #owner = inject(OwnerClient);
  readonly #notes = inject(Notes);
  readonly #workspace = inject(Workspace);
  readonly #busy = signal<ReadonlySet<string>>(new Set());
  /** What the last sync asked for here has changed, by integration. */
  readonly #results = signal<ReadonlyMap<string, string>>(new Map());
  /** Sign-ins asked for here that a person has to see through. */
  readonly #signingIn = new Set<string>();
  /** Syncs asked for here that go on once somebody has signed in. */
  readonly #waiting = new Map<string, WaitingSync>();
  /** As they were last seen. */
  readonly #statuses = new Map<string, Integration['status']>();

  constructor() {
    effect(() => {
      for (const integration of this.#workspace.integrations()) {
        const { integrationId, status } = integration;
        // By its change: an answer may be here before the news of what it began.
        const hasEnded =
          this.#statuses.get(integrationId) === 'logging-in' && status !== 'logging-in';
        this.#statuses.set(integrationId, status);
        if (hasEnded && this.#signingIn.has(integrationId)) this.#tellSignedIn(integration);
        this.#heed(integration, hasEnded && status === 'logged-out');
      }
    });
  }

  /** What its last sync has changed, in words, where that was asked for here. */
  lastResult(integrationId: string): string | undefined {
    return this.#results().get(integrationId);
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
      else this.#tellSignedIn(answer.integration);
    });
  }

  async logout(integration: Integration): Promise<void> {
    await this.#work(integration, async (path) => {
      await this.#owner.client.request('POST', '/v1/integrations/{id}/logout', { path });
      this.#notes.done(`${integration.name} is signed out.`);
    });
  }

  async sync(integration: Integration): Promise<void> {
    await this.#work(integration, async (path) => {
      const answer = await this.#owner.client.request('POST', '/v1/integrations/{id}/sync', {
        path,
      });
      if ('result' in answer) this.#tellResult(integration, answer.result);
      else {
        const { integrationId, lastSync } = integration;
        this.#waiting.set(integrationId, { lastSync, hasBegun: false });
      }
    });
  }

  #tellSignedIn({ integrationId, name, status }: Integration): void {
    if (status === 'logging-in') return;
    this.#signingIn.delete(integrationId);
    this.#notes.done(`${name} is ${status === 'logged-in' ? '' : 'not '}signed in.`);
  }

  /** Reports the end of a sync that had to wait for a person. */
  #heed(integration: Integration, hasNobodySignedIn: boolean): void {
    const { integrationId, lastSync, lastSyncResult, lastSyncFailure, name, sync } = integration;
    const waiting = this.#waiting.get(integrationId);
    if (waiting === undefined) return;
    if (lastSync === undefined || lastSync === waiting.lastSync) {
      const hasEnded = waiting.hasBegun && sync === undefined;
      if (hasNobodySignedIn) {
        this.#notes.warn(
          `${name} is not synced: nobody is signed in.`,
          'Sync it again to sign in.',
        );
      } else if (hasEnded) {
        const why = lastSyncFailure?.detail ?? '';
        this.#notes.warn(
          `${name} could not be synced. ${why}`.trim(),
          lastSyncFailure?.next ?? 'Sync it again.',
        );
      } else {
        if (sync !== undefined) this.#waiting.set(integrationId, { ...waiting, hasBegun: true });
        return;
      }
      this.#waiting.delete(integrationId);
      return;
    }
    this.#waiting.delete(integrationId);
    if (lastSyncResult !== undefined) this.#tellResult(integration, lastSyncResult);
  }

  #tellResult({ integrationId, name }: Integration, result: Schemas['SyncResult']): void {
    const words = [syncResultText(result), skippedText(result)]
      .filter((part) => part !== undefined)
      .join('; ');
    this.#results.update((all) => new Map(all).set(integrationId, `Last sync: ${words}`));
    this.#notes.done(`${name} is in step: ${words}.`);
  }

  async remove(integration: Integration, withSessions: boolean): Promise<void> {
    await this.#work(integration, async (path) => {
      const query = { sessions: withSessions ? 'remove' : 'keep' } as const;
      await this.#owner.client.request('DELETE', '/v1/integrations/{id}', { path, query });
      this.#notes.done(`${integration.name} is removed.`);
    });
  }

  async removeIdentityProvider({ idpId, name }: IdentityProvider): Promise<void> {
    try {
      await this.#owner.client.request('DELETE', '/v1/idps/{id}', { path: { id: idpId } });
      this.#notes.done(`${name} is removed.`);
    } catch (error) {
      this.#notes.problem(error);
    }
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
      this.#notes.problem(error);
    } finally {
      this.#busy.update((all) => new Set([...all].filter((id) => id !== integrationId)));
    }
  }
}
