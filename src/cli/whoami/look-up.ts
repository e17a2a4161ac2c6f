import type { OwnerLocation } from '../../client/node/owner-location.ts';
import { askAtOnce, type Answer } from '../owner/socket-get.ts';
import type { Reaching } from '../sessions/account-text.ts';
import { endOf, expiryHere, type Lasting } from '../../models/session-end.ts';
import type { Source } from './named-by-environment.ts';

/** What of a session is shown. */
export type KnownSession = Lasting &
  Reaching & {
    readonly sessionId: string;
    readonly sessionName: string;
    readonly region: string;
    readonly profileName?: string;
    readonly run?: { readonly id: string; readonly endsAt?: string; readonly delivery?: string };
  };

interface Lease {
  readonly leaseId: string;
  readonly runId: string;
  readonly closedAt?: string;
  readonly reason?: string;
}

/** A session that the tools of a shell can use now. */
export interface ShellSession {
  readonly source: Source;
  readonly session: KnownSession;
  readonly lease?: Lease;
  /** When what the shell has ends, by this machine's clock; Stint may renew it before. */
  readonly endsAt?: string | undefined;
}

/** Why a source leads to no session. */
export interface NoSession {
  readonly source: Source;
  readonly reason: 'unreachable' | 'unknown' | 'inactive' | 'locked';
  readonly sessionName?: string | undefined;
}

/** An owner that answers later is stuck, and a prompt must not be; in milliseconds. */
const patience = 2000;

/** Asks the owner which session it is. Throws CommandFailure for a home that is not the user's own. */
export async function lookUp(
  source: Source,
  location: OwnerLocation,
): Promise<ShellSession | NoSession> {
  const get = async (path: string) => {
    const token = location.token();
    return token && (await askAtOnce(location.socket(), path, token, patience));
  };
  switch (source.by) {
    case 'lease-token':
      // As its programs do: where they are refused, so is this.
      return ofLease(source, await askAtOnce(source.port, '/v1/lease', source.token, patience));
    case 'lease':
      return ofLease(source, await get(`/v1/leases/${source.leaseId}`));
    case 'session':
      return read(source, await get(`/v1/sessions/${source.sessionId}`), (body) =>
        ofSession(source, body as KnownSession),
      );
    case 'keys': {
      const query = `active=true&accessKeyId=${encodeURIComponent(source.accessKeyId.slice(0, 128))}`;
      return read(source, await get(`/v1/sessions?${query}`), (body) => {
        const [session] = (body as { readonly items: readonly KnownSession[] }).items;
        return ofSession(source, session, source.expiration);
      });
    }
    case 'profile': {
      const query = `active=true&limit=500&q=${encodeURIComponent(source.profile.slice(0, 256))}`;
      return read(source, await get(`/v1/sessions?${query}`), (body) => {
        const { items } = body as { readonly items: readonly KnownSession[] };
        const session = items.find(
          ({ profileName, run }) =>
            profileName === source.profile && run?.delivery !== 'endpoint-only',
        );
        return ofSession(source, session);
      });
    }
  }
}

function ofLease(source: Source, answer: Answer | '' | undefined): ShellSession | NoSession {
  return read(source, answer, (body) => {
    const { lease, session } = body as {
      readonly lease: Lease;
      readonly session?: KnownSession;
    };
    const isOver = lease.closedAt !== undefined || session?.run?.id !== lease.runId;
    const found = ofSession(source, session);
    return isOver || 'reason' in found
      ? { source, reason: 'inactive', sessionName: session?.sessionName }
      : { ...found, lease };
  });
}

function ofSession(
  source: Source,
  session: KnownSession | undefined,
  expiration?: string,
): ShellSession | NoSession {
  if (session === undefined) return { source, reason: 'unknown' };
  const { sessionName, status } = session;
  if (status !== 'active') return { source, reason: 'inactive', sessionName };
  const endsAt = expiration === undefined ? endOf(session) : expiryHere(session, expiration);
  return { source, session, endsAt };
}

function read(
  source: Source,
  answer: Answer | '' | undefined,
  found: (body: unknown) => ShellSession | NoSession,
): ShellSession | NoSession {
  if (answer === undefined || answer === '') return { source, reason: 'unreachable' };
  if (answer.status === 423) return { source, reason: 'locked' };
  return answer.status === 200 ? found(answer.body) : { source, reason: 'unknown' };
}
