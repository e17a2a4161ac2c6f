import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import type { Profile, PublicationResult, RenamedProfile } from '../../models/profile.ts';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { problemText, type ProblemText } from '../toasts/problem-text.ts';

/** Several events of one change are answered by one reading, after this many milliseconds. */
const readAfter = 250;

/** What to publish or unpublish: the profiles named, or all. */
export interface Publication {
  readonly action: 'publish' | 'unpublish';
  readonly profileNames?: readonly string[];
}

/** The AWS profiles that Stint uses, read again when a session changes. */
@Injectable()
export class Profiles {
  readonly #client = inject(OwnerClient).client;
  readonly #workspace = inject(Workspace);
  readonly #items = signal<readonly Profile[] | undefined>(undefined);
  readonly #failure = signal<ProblemText | undefined>(undefined);

  /** Undefined until they were read. */
  readonly items = this.#items.asReadonly();
  readonly failure = this.#failure.asReadonly();

  constructor() {
    effect((onCleanup) => {
      this.#workspace.changeCount();
      const isFirst = untracked(this.#items) === undefined;
      const timer = setTimeout(() => void this.read(), isFirst ? 0 : readAfter);
      onCleanup(() => {
        clearTimeout(timer);
      });
    });
  }

  /** Never rejects: `failure` says why it cannot be read. */
  async read(): Promise<void> {
    try {
      const { items } = await this.#client.request('GET', '/v1/profiles');
      this.#items.set(items);
      this.#failure.set(undefined);
    } catch (error) {
      this.#failure.set(problemText(error));
    }
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
