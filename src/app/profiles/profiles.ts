import { inject, Injectable } from '@angular/core';
import type { PublicationResult, RenamedProfile } from '../../models/profile.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Rereading } from '../connection/rereading.ts';

/** What to publish or unpublish: the profiles named, or all. */
export interface Publication {
  readonly action: 'publish' | 'unpublish';
  readonly profileNames?: readonly string[];
}

/** The AWS profiles that Stint uses, read again when a session changes. */
@Injectable()
export class Profiles {
  readonly #client = inject(OwnerClient).client;
  readonly #reading = new Rereading(
    async () => (await this.#client.request('GET', '/v1/profiles')).items,
  );

  /** Undefined until they were read. */
  readonly items = this.#reading.value;
  readonly failure = this.#reading.failure;

  /** Never rejects: `failure` says why they cannot be read. */
  async read(): Promise<void> {
    await this.#reading.read();
  }

  /** Throws what the owner answers, such as Problem 'already-exists'. */
  async rename(from: string, to: string): Promise<RenamedProfile> {
    const renamed = await this.#client.request('POST', '/v1/profiles/rename', {
      body: { from, to },
    });
    await this.read();
    return renamed;
  }

  /** Changes the AWS config file; with `dryRun` it only answers what would change. Throws what the owner answers. */
  async publish(
    { action, profileNames }: Publication,
    dryRun: boolean,
  ): Promise<PublicationResult> {
    const chosen = profileNames === undefined ? { all: true } : { profileNames: [...profileNames] };
    const body = { ...chosen, dryRun };
    const result =
      action === 'publish'
        ? await this.#client.request('POST', '/v1/profiles/publish', { body })
        : await this.#client.request('POST', '/v1/profiles/unpublish', { body });
    if (!dryRun) await this.read();
    return result;
  }
}
