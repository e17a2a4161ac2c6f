import { v4 as uuid } from 'uuid';
import { profileNameFor } from '../../models/delivery.ts';
import { renewalInterval } from '../../models/renewal.ts';
import {
  endpointUrlOf,
  fieldNames,
  type Limits,
  type SessionFields,
} from '../../models/session-fields.ts';
import {
  fieldsOf,
  isAwsSession,
  type AwsIamRoleChainedSession,
  type Session,
} from '../../models/session.ts';
import { toInstant } from '../../models/time.ts';

/** The session as its run sees it: with the fields it had when the run began, and its limits. */
export function effective(session: Session): Session {
  const limits = session.run?.limits === undefined ? {} : { limits: session.run.limits };
  if (session.runFields === undefined) return { ...session, ...limits };
  return {
    ...pick(session, (name) => !isField(session.type, name)),
    ...session.runFields,
    ...limits,
  } as Session;
}

/** The limits of its run; those that the next one gets where none runs. No copy: the scheduler asks often. */
export function effectiveLimits({ run, runFields, limits }: Session): Limits {
  const ofRun = runFields === undefined ? limits : (runFields['limits'] as Limits | undefined);
  return run?.limits ?? ofRun ?? {};
}

/** What readers get: without Stint's own notes, and with what the run works with. */
export function publicView(session: Session): Session {
  if (session.run === undefined) return session;
  const { runFields, ...view } = session;
  const { elapsed, ...run } = session.run;
  const current = effective(session);
  const endpointUrl = endpointUrlOf(current);
  return {
    ...view,
    run: {
      ...run,
      region: current.region,
      ...(isAwsSession(current) ? { profileName: current.profileName } : {}),
      ...(endpointUrl === undefined ? {} : { endpointUrl }),
    },
  };
}

function isField(type: Session['type'], name: string): boolean {
  return fieldNames[type].has(name);
}

function pick(session: Session, keep: (name: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(session).filter(([name]) => keep(name)));
}

/** Profile names in use, apart from that of `except`. */
export function profilesInUse(sessions: readonly Session[], except?: string): Set<string> {
  return new Set(
    sessions
      .filter(isAwsSession)
      .filter(({ sessionId }) => sessionId !== except)
      .map(({ profileName }) => profileName),
  );
}

/** A new session, never started. */
export function newSession(
  fields: SessionFields,
  {
    sessions,
    now,
    sessionId,
    profileName = fields.sessionName,
  }: {
    sessions: readonly Session[];
    now: number;
    sessionId?: string | undefined;
    /** What its profile is named after, if the fields do not name it. */
    profileName?: string | undefined;
  },
): Session {
  return {
    ...fields,
    ...profileOf(fields, profileName, sessions),
    sessionId: sessionId ?? uuid(),
    status: 'inactive',
    startDateTime: '',
    duration: expectedDuration(fields, sessions),
    createdAt: toInstant(now),
    revision: 1,
  } as Session;
}

/**
 * The session with other fields. What Stint keeps stays, and so do keys of newer versions. An omitted
 * profile name stays; a changed `validUntil` brings an archived session back; a run keeps the fields
 * it began with.
 */
export function withFields(
  session: Session,
  fields: SessionFields,
  sessions: readonly Session[],
): Session {
  const next = {
    ...pick(session, (name) => !isField(session.type, name)),
    ...fields,
    ...(isAwsSession(session) && fields.type !== 'azure'
      ? { profileName: fields.profileName ?? session.profileName }
      : {}),
    ...(session.run === undefined ? {} : { runFields: session.runFields ?? fieldsOf(session) }),
  } as Session;
  if (next.validUntil !== session.validUntil) delete next.archivedAt;
  if (roleOf(next) !== roleOf(session)) delete next.roleSecondsGranted;
  if (next.startDateTime === '') next.duration = expectedDuration(fields, sessions);
  return next;
}

/** The session with other access keys: what was known of the keys before counts for them alone. */
export function withOtherKeys(session: Session): Session {
  if (session.type !== 'awsIamUser') return session;
  const { keyCreatedAt: _, keyRotation: __, ...rest } = session;
  return rest;
}

function profileOf(fields: SessionFields, name: string, sessions: readonly Session[]) {
  if (fields.type === 'azure') return {};
  return {
    profileName: fields.profileName ?? profileNameFor(name, profilesInUse(sessions)),
  };
}

/** What decides how long a session of the role AWS grants. */
function roleOf(session: Session): string {
  const { roleArn, roleSeconds, parentSessionId } = session as Partial<AwsIamRoleChainedSession>;
  return JSON.stringify([roleArn, roleSeconds, parentSessionId]);
}

/** Seconds between renewals, as far as they are known before the first start. */
function expectedDuration(fields: SessionFields, sessions: readonly Session[]): number {
  const asked = secondsAsked(fields, sessions);
  return renewalInterval(asked, asked);
}

/** The lifetime that will be asked for, in seconds; where the provider decides, the usual hour. */
function secondsAsked(fields: SessionFields, sessions: readonly Session[]): number {
  switch (fields.type) {
    case 'awsIamUser':
      return fields.tokenSeconds ?? 43_200;
    case 'awsIamRoleFederated':
      return fields.roleSeconds ?? 3600;
    case 'awsIamRoleChained': {
      // AWS grants an hour when a role is assumed with a role's credentials.
      const parent = sessions.find(({ sessionId }) => sessionId === fields.parentSessionId);
      const longest = parent?.type === 'awsIamUser' ? 43_200 : 3600;
      return Math.min(fields.roleSeconds ?? longest, longest);
    }
    case 'awsSsoRole':
    case 'azure':
      return 3600;
  }
}
