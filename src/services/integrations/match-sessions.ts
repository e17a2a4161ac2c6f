import type { Integration, SyncResult } from '../../models/integration.ts';
import type { Session } from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';
import { newSession } from '../sessions/session-record.ts';
import { profileNaming, type ProfileNaming } from './name-profiles.ts';
import type { Offer, Offered, SessionKind } from './source.ts';

/** The changes that bring the sessions of an integration up to date. */
export interface SessionChanges {
  readonly add: readonly Session[];
  /** By session id. */
  readonly change: ReadonlyMap<string, (session: Session) => Session>;
  readonly result: SyncResult;
}

/**
 * Compares what the integration offers with the existing sessions. Fields that a person set stay; a
 * session that is no longer available is kept and marked until it is available again.
 */
export function matchSessions<I extends Integration>(
  { offers, skipped }: Offered,
  {
    kind,
    sessions,
    integration,
    integrations,
    inUse,
    now,
  }: {
    readonly kind: SessionKind<I>;
    readonly sessions: readonly Session[];
    readonly integration: I;
    /** All there are. */
    readonly integrations: readonly Integration[];
    /** The ids of sessions whose profile programs may use although they never started. */
    readonly inUse?: ReadonlySet<string>;
    readonly now: number;
  },
): SessionChanges {
  const existing = new Map(
    sessions
      .filter((one) => 'integrationId' in one && one.integrationId === integration.integrationId)
      .map((one) => [kind.keyOf(one), one]),
  );
  const naming =
    integration.kind === 'awsSso'
      ? profileNaming(offers, {
          integration,
          integrations,
          sessions,
          inUse,
          template: kind.profileTemplate?.(),
          automaticName: (session) => kind.nameOf(session),
        })
      : undefined;
  const add: Session[] = [];
  const change = new Map<string, (session: Session) => Session>();
  for (const offer of offers) {
    const key = kind.keyOf(offer.fields);
    const known = existing.get(key);
    existing.delete(key);
    if (known === undefined) {
      const fields = kind.fieldsOf(offer, integration);
      const named =
        naming === undefined ? fields : { ...fields, profileName: naming.nameOf(offer) };
      add.push(newSession(named, { sessions, now }));
    } else if (isOutdated(known, offer)) {
      change.set(known.sessionId, (session) => updated(session, offer, kind));
    }
  }
  const unlisted = new Set(skipped);
  const gone = [...existing.values()].filter(
    (one) => one.vanishedAt === undefined && !unlisted.has(kind.accountOrTenantOf(one)),
  );
  const changed = change.size;
  for (const { sessionId } of gone) {
    change.set(sessionId, (session) => ({ ...session, vanishedAt: toInstant(now) }));
  }
  for (const [sessionId, profileName] of naming?.renamed ?? []) {
    const before = change.get(sessionId);
    change.set(sessionId, (session) => renamed(before?.(session) ?? session, profileName, naming));
  }
  return {
    add,
    change,
    result: {
      added: add.length,
      changed,
      unchanged: offers.length - add.length - changed,
      vanished: gone.length,
      skipped: [...unlisted],
    },
  };
}

/** With another profile name, unless it has been started meanwhile. */
function renamed(
  session: Session,
  profileName: string,
  naming: ProfileNaming | undefined,
): Session {
  return session.type === 'awsSsoRole' && naming?.isUnused(session) === true
    ? { ...session, profileName }
    : session;
}

function isOutdated(session: Session, { fields }: Offer): boolean {
  const current: Readonly<Record<string, unknown>> = { ...session };
  return (
    session.vanishedAt !== undefined ||
    Object.entries(fields).some(([name, value]) => current[name] !== value)
  );
}

/** With the fields that the integration decides, and its name unless a person chose one. */
function updated<I extends Integration>(
  session: Session,
  { fields, sessionName }: Offer,
  kind: SessionKind<I>,
): Session {
  const kept = Object.entries(session).filter(
    ([name]) => name !== 'vanishedAt' && !kind.decided.includes(name),
  );
  const decided = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries([...kept, ...decided]),
    sessionName: session.sessionName === kind.nameOf(session) ? sessionName : session.sessionName,
  } as Session;
}
