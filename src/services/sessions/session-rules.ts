import {
  sessionFieldsSchema,
  type SessionFields,
  type SessionSecrets,
} from '../../models/session-fields.ts';
import { isAwsSession, type Session } from '../../models/session.ts';
import type { FieldErrorInput } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';
import { check, refuse } from '../validation/check.ts';
import { newProfileNameErrors } from '../validation/new-profile-name.ts';
import { awsFieldErrors } from './aws-field-rules.ts';
import { limitErrors } from './unseen-readers.ts';

/**
 * The rules for a session that its schema cannot express. Throws Problem 'invalid-request' naming every
 * field that is wrong; returns the fields as the schemas normalise them.
 */
export function checkFields(
  fields: SessionFields,
  context: {
    readonly sessionId?: string | undefined;
    readonly type?: SessionFields['type'] | undefined;
    readonly secrets?: SessionSecrets | undefined;
    readonly sessions: readonly Session[];
    /** Whether a session is being removed. */
    readonly isLeaving: (sessionId: string) => boolean;
    readonly settings: Settings;
    /** The delivery of a session that names none. */
    readonly usualDelivery: (fields: SessionFields) => string;
  },
): SessionFields {
  const { data, errors: malformed } = check(sessionFieldsSchema, fields);
  if (data === undefined) return refuse('session', malformed);
  const before = context.sessions.find(({ sessionId }) => sessionId === context.sessionId);
  const errors = [
    ...typeErrors(data, context.type),
    ...secretErrors(data, context.secrets),
    ...newlyBroken(data, before, context),
    ...('profileName' in data
      ? newProfileNameErrors(
          data.profileName,
          before !== undefined && isAwsSession(before) ? before.profileName : undefined,
        )
      : []),
    ...awsFieldErrors(data, {
      before,
      secrets: context.secrets,
      settings: context.settings,
    }),
  ];
  if (errors.length > 0) refuse('session', errors);
  return withoutEmpty(data);
}

type Context = Parameters<typeof checkFields>[1];

/**
 * The rules between a session and others, or the settings. Such a rule can break without an edit, as when
 * a parent is removed: that refuses no edit of something else.
 */
function newlyBroken(
  after: SessionFields,
  before: Session | undefined,
  context: Context,
): readonly FieldErrorInput[] {
  const broken = (fields: SessionFields) => [
    ...limitErrors(fields, fields.delivery ?? context.usualDelivery(fields)),
    ...parentErrors(fields, context),
    ...mfaErrors(fields, context.sessions),
  ];
  const already = before === undefined ? [] : broken(before);
  return broken(after).filter(
    ({ field, message }) => !already.some((one) => one.field === field && one.message === message),
  );
}

/** What answers carry although it is not set is not kept. */
function withoutEmpty(fields: SessionFields): SessionFields {
  const { labels, pinned, hidden, limits, ...others } = fields;
  return {
    ...others,
    ...(labels === undefined || labels.length === 0 ? {} : { labels }),
    ...(pinned === true ? { pinned } : {}),
    ...(hidden === true ? { hidden } : {}),
    ...(limits === undefined || Object.keys(limits).length === 0 ? {} : { limits }),
  };
}

function typeErrors(
  fields: SessionFields,
  type: SessionFields['type'] | undefined,
): FieldErrorInput[] {
  return type === undefined || fields.type === type
    ? []
    : [{ field: 'type', message: `must stay ${type}; add a new session instead` }];
}

function secretErrors(
  fields: SessionFields,
  secrets: SessionSecrets | undefined,
): FieldErrorInput[] {
  return secrets === undefined || fields.type === 'awsIamUser'
    ? []
    : [{ field: 'secrets', message: 'must be sent for sessions of type awsIamUser only' }];
}

/** STS API Reference, AssumeRole: the device is that of the user who makes the call. */
function mfaErrors(fields: SessionFields, sessions: readonly Session[]): FieldErrorInput[] {
  if (fields.type !== 'awsIamRoleChained' || fields.mfaSerial === undefined) return [];
  const parent = sessions.find(({ sessionId }) => sessionId === fields.parentSessionId);
  if (parent === undefined || parent.type === 'awsIamUser') return [];
  return [
    {
      field: 'mfaSerial',
      message: 'needs a parent of type awsIamUser; the parent of this session is a role itself',
    },
  ];
}

function parentErrors(
  fields: SessionFields,
  {
    sessions,
    sessionId,
    isLeaving,
  }: {
    readonly sessions: readonly Session[];
    readonly sessionId?: string | undefined;
    readonly isLeaving: (sessionId: string) => boolean;
  },
): FieldErrorInput[] {
  if (fields.type !== 'awsIamRoleChained') return [];
  const wrong = (message: string) => [{ field: 'parentSessionId', message }];
  let parentId: string | undefined = fields.parentSessionId;
  const seen = new Set(sessionId === undefined ? [] : [sessionId]);
  while (parentId !== undefined) {
    if (seen.has(parentId)) return wrong('would make the chain lead back to this session');
    seen.add(parentId);
    const id: string = parentId;
    const parent = sessions.find((session) => session.sessionId === id);
    if (parent === undefined) return wrong(`is not a known session: ${id}`);
    if (isLeaving(id)) return wrong(`is being removed: ${id}`);
    if (parent.type === 'azure') return wrong('must be an AWS session');
    parentId = parent.type === 'awsIamRoleChained' ? parent.parentSessionId : undefined;
  }
  return [];
}

/**
 * The ids of everything whose sign-in a start of `session` may wait for: itself, the sessions it is
 * chained to, and their integrations.
 */
export function signInsOf(session: Session, sessions: readonly Session[]): ReadonlySet<string> {
  const ids = new Set<string>();
  let next: Session | undefined = session;
  while (next !== undefined && !ids.has(next.sessionId)) {
    ids.add(next.sessionId);
    if ('integrationId' in next) ids.add(next.integrationId);
    const parentId: string | undefined =
      next.type === 'awsIamRoleChained' ? next.parentSessionId : undefined;
    next = sessions.find(({ sessionId }) => sessionId === parentId);
  }
  return ids;
}

/** The sessions of an integration, and those chained to them. */
export function dependentsOfIntegration(
  integrationId: string,
  sessions: readonly Session[],
): readonly Session[] {
  return withDependents(
    sessions.filter((one) => 'integrationId' in one && one.integrationId === integrationId),
    sessions,
  );
}

/** The sessions that sign in at an identity provider, and those chained to them. */
export function dependentsOfIdentityProvider(
  idpId: string,
  sessions: readonly Session[],
): readonly Session[] {
  return withDependents(
    sessions.filter((one) => one.type === 'awsIamRoleFederated' && one.idpId === idpId),
    sessions,
  );
}

function withDependents(own: readonly Session[], sessions: readonly Session[]): readonly Session[] {
  return own.flatMap((one) => [...dependents(one.sessionId, sessions), one]);
}

/** The sessions that depend on `sessionId`, through chains of any depth. */
export function dependents(sessionId: string, sessions: readonly Session[]): readonly Session[] {
  const found = new Map<string, Session>();
  const follow = (parentId: string) => {
    for (const session of sessions) {
      if (session.type !== 'awsIamRoleChained' || session.parentSessionId !== parentId) continue;
      if (session.sessionId === sessionId || found.has(session.sessionId)) continue;
      found.set(session.sessionId, session);
      follow(session.sessionId);
    }
  };
  follow(sessionId);
  return [...found.values()];
}
