import { inject, Injectable } from '@angular/core';
import pMap from 'p-map';
import type { CallOptions } from '../../client/routes.ts';
import { OwnerClient, type Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { problemText } from '../toasts/problem-text.ts';
import { Toasts } from '../toasts/toasts.ts';
import { LeaseUsers } from './lease-users.ts';

type Patch = NonNullable<CallOptions<'PATCH', '/v1/sessions/{id}'>['body']>;

/** Requests at the same time. */
const concurrency = 6;
const undoSeconds = 5;

/** Actions on several sessions. Each result is one toast; no method rejects. */
@Injectable({ providedIn: 'root' })
export class BulkOperations {
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #toasts = inject(Toasts);
  readonly #users = inject(LeaseUsers);

  /** Starts those that are inactive. */
  async start(sessions: readonly Session[]): Promise<void> {
    const inactive = sessions.filter(({ status }) => status === 'inactive');
    let waiting = 0;
    await this.#each(inactive, 'started', async ({ sessionId }) => {
      const started = await this.#owner.client.request('POST', '/v1/sessions/{id}/start', {
        path: { id: sessionId },
        body: {},
      });
      this.#workspace.put(started.session);
      if (started.session.status !== 'active') waiting += 1;
    });
    this.#tellWaiting(waiting);
  }

  /** Gives those that are active new credentials. */
  async rotate(sessions: readonly Session[]): Promise<void> {
    const active = sessions.filter(({ status }) => status === 'active');
    let waiting = 0;
    await this.#each(active, 'rotated', async ({ sessionId }) => {
      const rotated = await this.#owner.client.request('POST', '/v1/sessions/{id}/rotate', {
        path: { id: sessionId },
      });
      this.#workspace.put(rotated.session);
      if ('prompts' in rotated) waiting += 1;
    });
    this.#tellWaiting(waiting);
  }

  /** Stops those that are not inactive, after a chance to undo it if programs use some. */
  async stop(sessions: readonly Session[]): Promise<void> {
    const running = sessions.filter(({ status }) => status !== 'inactive');
    const users = await pMap(
      running,
      async (session) => ({ session, programs: await this.#users.of(session) }),
      { concurrency },
    );
    const used = users.filter(({ programs }) => programs.length > 0);
    if (used.length > 0) {
      const who = used.map(
        ({ session, programs }) => `${session.sessionName} by ${programs.join(', ')}`,
      );
      const isWanted = await this.#toasts.undoable(
        `${counted(running.length)} will stop in ${undoSeconds} s.`,
        `In use: ${who.join('; ')}.`,
        undoSeconds * 1000,
      );
      if (!isWanted) return;
    }
    await this.#each(running, 'stopped', async ({ sessionId }) => {
      const stopped = await this.#owner.client.request('POST', '/v1/sessions/{id}/stop', {
        path: { id: sessionId },
      });
      this.#workspace.put(stopped.session);
    });
  }

  /** Adds a label to those that do not have it. */
  async label(sessions: readonly Session[], label: string): Promise<void> {
    const without = sessions.filter(({ labels }) => !labels.includes(label));
    await this.#patch(without, 'labelled', ({ labels }) => ({ labels: [...labels, label] }));
  }

  /** Undefined removes their own environment. */
  async setEnvironment(
    sessions: readonly Session[],
    environment: string | undefined,
  ): Promise<void> {
    await this.#patch(sessions, 'changed', () => ({ environment: environment ?? null }));
  }

  async setRegion(sessions: readonly Session[], region: string): Promise<void> {
    await this.#patch(sessions, `set to ${region}`, () => ({ region }));
  }

  async pin(sessions: readonly Session[], pinned: boolean): Promise<void> {
    await this.#patch(sessions, pinned ? 'pinned' : 'unpinned', () => ({ pinned }));
  }

  async hide(sessions: readonly Session[], hidden: boolean): Promise<void> {
    await this.#patch(sessions, hidden ? 'hidden' : 'shown again', () => ({ hidden }));
  }

  #tellWaiting(count: number): void {
    if (count > 0) this.#toasts.success(`${counted(count)} waiting for your answer.`);
  }

  async #patch(
    sessions: readonly Session[],
    done: string,
    patch: (session: Session) => Patch,
  ): Promise<void> {
    await this.#each(sessions, done, async (session) => {
      this.#workspace.put(
        await this.#owner.client.request('PATCH', '/v1/sessions/{id}', {
          path: { id: session.sessionId },
          body: patch(session),
        }),
      );
    });
  }

  /** `done`: the past participle in the message. */
  async #each(
    sessions: readonly Session[],
    done: string,
    work: (session: Session) => Promise<void>,
  ): Promise<void> {
    const failures: string[] = [];
    await pMap(
      sessions,
      async (session) => {
        try {
          await work(session);
        } catch (error) {
          failures.push(`${session.sessionName}: ${problemText(error).text}`);
        }
      },
      { concurrency },
    );
    const count = sessions.length - failures.length;
    if (failures.length === 0) {
      this.#toasts.success(sessions.length === 0 ? 'Nothing to do.' : `${counted(count)} ${done}.`);
      return;
    }
    const [first = '', ...others] = failures;
    const more = others.length === 0 ? '' : ` And ${others.length} more.`;
    this.#toasts.warn(
      `${count} of ${counted(sessions.length)} ${done}. ${first}${more}`,
      'The list shows each session with its state.',
    );
  }
}

function counted(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`;
}
