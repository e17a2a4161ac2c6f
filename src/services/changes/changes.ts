import type { Change } from '../../models/change.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { Leftover } from '../delivery/delivery.ts';
import type { Held } from '../delivery/held.ts';
import type { DeliveryRouter } from '../delivery/router.ts';
import type { LeaseFolder } from '../leases/lease-folders.ts';
import type { Leases } from '../leases/leases.ts';
import type { Principal, Scope } from '../../models/scope.ts';
import type { ProfileService } from '../profiles/profile-service.ts';
import type { SessionService } from '../session-service.ts';
import type { Reconciliation } from '../sessions/reconcile.ts';
import { changeId } from './own-files.ts';

interface Parts {
  readonly delivery: Pick<DeliveryRouter, 'held' | 'leftovers'>;
  readonly find: (sessionId: string) => Session | undefined;
  readonly sessions: Pick<SessionService, 'stop'>;
  readonly reconciliation: Pick<Reconciliation, 'sweep'>;
  readonly leases: Pick<Leases, 'folders' | 'close'>;
  readonly profiles: Pick<ProfileService, 'published' | 'unpublish'>;
  /** What Stint has for itself. */
  readonly own: () => Promise<readonly Change[]>;
}

interface Restored {
  /** Whether Stint holds it no longer. */
  readonly restored: boolean;
  /** The session that this has stopped. */
  readonly stopped?: { readonly sessionId: string; readonly sessionName: string };
  /** Until when copies of its credentials that were made elsewhere work. */
  readonly issuedUntil?: string;
  readonly leftovers: readonly Leftover[];
}

/** A change, and what puts it back where that is possible. */
interface Entry {
  readonly change: Change;
  /** What it needs beside the right to stop sessions. */
  readonly scope?: Scope;
  readonly putBack?: (by: string) => Promise<Omit<Restored, 'restored'>>;
}

/** What Stint holds on this machine, and how to put it back. */
export class Changes {
  readonly #parts: Parts;
  /** Ids that were listed or restored: what is gone from it since is put back. */
  readonly #known = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Never throws for trouble with a file or the vault. */
  async list(): Promise<readonly Change[]> {
    return (await this.#entries()).map(({ change }) => change);
  }

  /**
   * Puts one thing back, as a stop of its session would, which ends with that. Idempotent. Throws
   * Problem 'not-found', 'scope-missing', and 'invalid-request' for what cannot be put back by itself.
   */
  async restore(
    id: string,
    { subject, scopes }: Pick<Principal, 'subject' | 'scopes'>,
  ): Promise<Restored> {
    const found = (await this.#entries()).find(({ change }) => change.id === id);
    if (found === undefined) {
      if (this.#known.has(id)) return { restored: true, leftovers: [] };
      throw new Problem('not-found', {
        detail: `Stint holds nothing with the id ${id}. It may be put back already.`,
        next: 'List what it holds: stint doctor',
      });
    }
    const { change, putBack, scope } = found;
    if (putBack === undefined) {
      throw new Problem('invalid-request', {
        detail: `${change.what}: Stint cannot put this back by itself.`,
        next: change.how,
      });
    }
    if (scope !== undefined && !scopes.has(scope)) {
      throw new Problem('scope-missing', {
        detail: `${change.what}: to put this back, a client token needs the scope ${scope}.`,
        next: 'Use a token with this scope, or the command: stint doctor --restore',
      });
    }
    const outcome = await putBack(subject);
    const left = await this.#entries();
    return { restored: left.every((entry) => entry.change.id !== id), ...outcome };
  }

  async #entries(): Promise<readonly Entry[]> {
    const { delivery, leases, own } = this.#parts;
    const entries = [
      ...(await delivery.held()).map((held) => this.#inFile(held)),
      ...(await leases.folders()).map((folder) => this.#forLeases(folder)),
      ...(await this.#published()),
      ...(await own()).map((change) => ({ change })),
    ];
    for (const { change } of entries) this.#known.add(change.id);
    return entries;
  }

  async #published(): Promise<readonly Entry[]> {
    const { profiles, find } = this.#parts;
    try {
      return (await profiles.published()).map(({ profileName, sessionId, file }) => ({
        change: {
          id: changeId('published-profile', file, profileName),
          kind: 'published-profile',
          file,
          what: `Published profile ${profileName} with the command that prints keys`,
          session: named(sessionId, find(sessionId)),
          restorable: true,
          how: 'This unpublishes the profile. Its session continues.',
        },
        // As the route that unpublishes.
        scope: 'settings:update',
        putBack: async () => {
          await profiles.unpublish({ profileNames: [profileName] });
          return { leftovers: [] };
        },
      }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const what = `The list of published profiles cannot be read, so that Stint may hold more. ${error.message}`;
      const how = error.details.next;
      const id = changeId('journal', 'published profiles', '');
      return [{ change: { id, kind: 'journal', what, restorable: false, how } }];
    }
  }

  #inFile({ kind, file, key, what, sessionId }: Held): Entry {
    const common = { id: changeId(kind, file, key), kind, file, what };
    if (sessionId === undefined) {
      const how =
        kind === 'file'
          ? 'Stint removes it with the last session that is in it.'
          : 'Stint tries again every minute.';
      return { change: { ...common, restorable: false, how } };
    }
    const session = this.#parts.find(sessionId);
    const since = session?.status === 'inactive' ? undefined : session?.run?.startedAt;
    return {
      change: {
        ...common,
        session: named(sessionId, session),
        ...(since === undefined ? {} : { since }),
        restorable: true,
        how: this.#howToPutBack(file, sessionId, session),
      },
      putBack: (by) => this.#stop(sessionId, by),
    };
  }

  #howToPutBack(file: string, sessionId: string, session: Session | undefined): string {
    if (session !== undefined && session.status !== 'inactive') {
      return `This stops session ${session.sessionName}.`;
    }
    const left = this.#parts.delivery
      .leftovers()
      .find((one) => one.file === file && one.sessionId === sessionId);
    return [left?.reason, 'Stint tries again every minute, and now if you ask.']
      .filter((text) => text !== undefined)
      .join(' ');
  }

  #forLeases({ kind, folder, sessionId, leaseIds, programs, since }: LeaseFolder): Entry {
    const { leases, find } = this.#parts;
    const users = programs.length === 0 ? 'programs with a lease' : programs.join(', ');
    const what =
      kind === 'lease-folder'
        ? `A folder with the token and configuration of ${users}`
        : `A configuration folder of the Azure CLI for ${users}`;
    return {
      change: {
        id: changeId(kind, folder, ''),
        kind,
        file: folder,
        what,
        session: named(sessionId, find(sessionId)),
        since,
        restorable: true,
        how: 'This closes the lease, and the program gets no more credentials.',
      },
      putBack: async (by) => {
        for (const leaseId of leaseIds) await leases.close(leaseId, by);
        return { leftovers: [] };
      },
    };
  }

  async #stop(sessionId: string, by: string): Promise<Omit<Restored, 'restored'>> {
    const { find, sessions, reconciliation } = this.#parts;
    const session = find(sessionId);
    if (session === undefined) {
      const left = await reconciliation.sweep();
      return { leftovers: left.filter((one) => one.sessionId === sessionId) };
    }
    const { issuedUntil, leftovers } = await sessions.stop(sessionId, { by });
    if (session.status === 'inactive') return { leftovers };
    return {
      stopped: { sessionId, sessionName: session.sessionName },
      ...(issuedUntil === undefined ? {} : { issuedUntil }),
      leftovers,
    };
  }
}

function named(sessionId: string, session: Session | undefined) {
  return session === undefined ? { sessionId } : { sessionId, sessionName: session.sessionName };
}
