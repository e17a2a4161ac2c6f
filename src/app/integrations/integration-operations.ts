import { inject, Injectable, signal } from '@angular/core';
import type { Schemas } from '../../client/client.ts';
import { Owner, type IdentityProvider, type Integration } from '../connection/owner.ts';
import { Notes } from '../notes/notes.ts';

type SyncResult = Schemas['SyncResult'];

/** What can be done with an integration from here. Refusals become notes; nothing is thrown. */
@Injectable({ providedIn: 'root' })
export class IntegrationOperations {
  readonly #owner = inject(Owner);
  readonly #notes = inject(Notes);
  readonly #busy = signal<ReadonlySet<string>>(new Set());

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
      if (!('prompts' in answer)) this.#notes.done(`${integration.name} is signed in.`);
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
      if ('result' in answer) {
        this.#notes.done(`${integration.name} is in step: ${changes(answer.result)}.`);
      }
    });
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

/** What a sync changed, in words; only what is not nothing. */
function changes({ added, changed, unchanged, vanished, skipped }: SyncResult): string {
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [unchanged, 'as they were'],
    [vanished, 'offered no more'],
    [skipped.length, 'accounts not told yet'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return said.length === 0 ? 'nothing is offered' : said.join(', ');
}
