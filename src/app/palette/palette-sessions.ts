import { inject, Injectable, signal } from '@angular/core';
import { otherNames } from '../../models/session-names.ts';
import { roughDuration } from '../../models/duration.ts';
import { OwnerClient, type Session } from '../connection/owner-client.ts';
import { Environments } from '../environment/environments.ts';
import { accountOf, spaced, timeLeft } from '../sessions/session-text.ts';
import { Waiting } from '../sessions/waiting.ts';
import { Now } from '../time/now.ts';
import { moment } from '../time/time-text.ts';
import type { NewEntry } from './entry.ts';
import type { Ranked } from './ranking.ts';
import { startWeights } from './use-weight.ts';
import { Usage } from './usage.ts';

interface SessionItem extends Ranked {
  readonly session: Session;
}

/** How many of the sessions that were started most often are read. */
const mostStarted = 100;

/** Sessions as the palette finds and shows them. */
@Injectable({ providedIn: 'root' })
export class PaletteSessions {
  readonly #client = inject(OwnerClient).client;
  readonly #usage = inject(Usage);
  readonly #starts = signal<ReadonlyMap<string, number>>(new Map());
  readonly #waiting = inject(Waiting);
  readonly #environments = inject(Environments);
  readonly #now = inject(Now);

  /**
   * Reads which sessions were started most often, wherever they were started: another browser and the
   * command count too. Never rejects: without it, what this browser knows decides.
   */
  async readStarts(): Promise<void> {
    try {
      const { items } = await this.#client.request('GET', '/v1/sessions', {
        query: { sort: '-starts', limit: mostStarted },
      });
      this.#starts.set(startWeights(items));
    } catch {
      // The next palette tries again.
    }
  }

  readonly item = (session: Session): SessionItem => ({
    session,
    text: session.sessionName,
    keywords: [...otherNames(session), ...session.labels],
    weight: this.#usage.weight(session, Date.now()) + (this.#starts().get(session.sessionId) ?? 0),
  });

  readonly entry = ({ session, ...item }: SessionItem): NewEntry => {
    const state = this.#waiting.stateOf(session);
    const left = timeLeft(session, (at) => this.#now.until(at));
    return {
      ...item,
      icon: 'list',
      shortcut: '',
      hint: this.#hint(session, left?.milliseconds),
      action: session.status === 'inactive' ? 'Start' : 'Show',
      run: () => undefined,
      target: session,
      session: {
        state:
          state === 'failed'
            ? 'failed'
            : state === 'waiting'
              ? 'asking'
              : state === 'inactive'
                ? 'off'
                : undefined,
        share: state === 'pending' ? undefined : (left?.share ?? 0),
        low: left?.low ?? false,
        environment: this.#environments.of(session),
      },
    };
  };

  #hint(session: Session, left: number | undefined): string {
    const account = session.type === 'azure' ? undefined : accountOf(session);
    const { status, startDateTime } = session;
    const when =
      left !== undefined
        ? `${roughDuration(left)} left`
        : status === 'pending'
          ? 'starting…'
          : startDateTime === ''
            ? 'never started'
            : moment(startDateTime, this.#now.rough());
    return account === undefined ? when : `${spaced(account)} · ${when}`;
  }
}
