import type { z } from 'zod';
import { durationText, parseDuration } from '../../models/duration.ts';
import {
  awsIamRoleChainedFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamUserFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
  sessionSecretsSchema,
  type SessionSecrets,
  type SessionType,
} from '../../models/session-fields.ts';
import type { Session } from '../connection/owner-client.ts';
import { tagRecord, tagsError } from '../fields/tags.ts';
import { schemaErrors } from '../form/field-errors.ts';
import {
  isEmpty,
  listIn,
  tagsIn,
  textIn,
  type FieldErrors,
  type FieldValue,
  type Values,
} from '../fields/form-field.ts';
import type { SessionField } from './session-field.ts';
import { sessionFieldsOf } from './session-fields.ts';

const schemas: Readonly<Record<SessionType, z.ZodType>> = {
  awsIamUser: awsIamUserFieldsSchema,
  awsIamRoleChained: awsIamRoleChainedFieldsSchema,
  awsIamRoleFederated: awsIamRoleFederatedFieldsSchema,
  awsSsoRole: awsSsoRoleFieldsSchema,
  azure: azureFieldsSchema,
};

/** Before the name of a limit: each limit is a field of the form, and all are one of the session. */
const limit = 'limits.';

/** The values of the form for an existing session; its keys stay in the vault. */
export function draftOf(session: Session): Values {
  const limits = Object.entries(session.limits).map(([name, value]) => [limit + name, value]);
  const known: Readonly<Record<string, unknown>> = {
    ...session,
    delivery: session.deliveryIsDefault ? undefined : session.delivery,
    ...(Object.fromEntries(limits) as Readonly<Record<string, unknown>>),
  };
  return Object.fromEntries(
    sessionFieldsOf(session.type).flatMap((field) => {
      const value = known[field.name];
      return value === undefined ? [] : [[field.name, draftValue(field, value)]];
    }),
  );
}

/** The values of the form for a new session like another, or for a role assumed from another. */
export function newDraft(like: Session | undefined, parent: Session | undefined): Values {
  if (like !== undefined) {
    const { profileName, ...draft } = draftOf(like);
    return { ...draft, sessionName: `${like.sessionName} copy` };
  }
  if (parent === undefined) return {};
  return { parentSessionId: parent.sessionId, region: parent.region };
}

function draftValue({ kind }: SessionField, value: unknown): FieldValue {
  if (kind === 'list' && Array.isArray(value)) return value.map(String);
  if (kind === 'tags' && isRecord(value)) {
    return Object.entries(value).map(([name, text]) => ({ name, value: String(text) }));
  }
  return kind === 'duration' && typeof value === 'number' ? durationText(value) : String(value);
}

/** The session's fields as the API takes them; empty ones are omitted. */
export function fieldsOf(type: SessionType, values: Values): Record<string, unknown> {
  const given = sessionFieldsOf(type)
    .filter((field) => !isKey(field) && !isEmpty(values, field.name))
    .map((field) => [field.name, valueOf(field, values)] as const)
    .filter(([, value]) => value !== undefined);
  const fields = given.filter(([name]) => !name.startsWith(limit));
  const limits = given
    .filter(([name]) => name.startsWith(limit))
    .map(([name, value]) => [name.slice(limit.length), value] as const);
  return {
    type,
    ...Object.fromEntries(fields),
    ...(limits.length === 0 ? {} : { limits: Object.fromEntries(limits) }),
  };
}

function valueOf(field: SessionField, values: Values): unknown {
  const text = textIn(values, field.name);
  switch (field.kind) {
    case 'number':
      return Number(text);
    case 'duration':
      return parseDuration(text) ?? Number.NaN;
    case 'list':
      return listIn(values, field.name);
    case 'tags':
      return tagRecord(tagsIn(values, field.name));
    case 'select':
      return 'flag' in field ? text === 'true' : text;
    case 'text':
    case 'lines':
    case 'search':
      return text;
  }
}

/**
 * The merge patch (RFC 7396) that gives `session` these fields. It removes what was emptied, single
 * entries of records too; fields that the form does not show stay unchanged.
 */
export function patchFor(
  session: Session,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const before = session as Readonly<Record<string, unknown>>;
  const emptied = sessionFieldsOf(session.type)
    .filter(({ name, optional }) => optional === true && name !== 'profileName')
    .map(({ name }) => [name.split('.')[0] ?? name, null] as const);
  const given = Object.entries(fields).map(([name, value]) => {
    const old = before[name];
    if (!isRecord(value) || !isRecord(old)) return [name, value] as const;
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
    return [name, { ...value, ...Object.fromEntries(gone.map((key) => [key, null])) }] as const;
  });
  return { ...Object.fromEntries(emptied), ...Object.fromEntries(given) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKey(field: SessionField): boolean {
  return 'key' in field;
}

/** The access keys typed, or undefined where there are none. */
export function secretsOf(values: Values): SessionSecrets | undefined {
  const secrets = {
    accessKeyId: textIn(values, 'accessKeyId'),
    secretAccessKey: textIn(values, 'secretAccessKey'),
  };
  return secrets.accessKeyId === '' && secrets.secretAccessKey === '' ? undefined : secrets;
}

/** What is wrong with the values of a session's form. */
export function errorsOf(type: SessionType, values: Values): FieldErrors {
  const fields = sessionFieldsOf(type);
  const secrets = type === 'awsIamUser' ? secretsOf(values) : undefined;
  return {
    ...schemaErrors(schemas[type], fieldsOf(type, values), fields),
    ...(secrets === undefined ? {} : schemaErrors(sessionSecretsSchema, secrets, fields)),
    ...Object.fromEntries(
      fields.flatMap((field) => {
        const error = textError(field, values);
        return error === undefined ? [] : [[field.name, error]];
      }),
    ),
  };
}

/** What the text alone shows to be wrong. */
function textError(field: SessionField, values: Values): string | undefined {
  if (field.kind === 'tags') return tagsError(tagsIn(values, field.name));
  const text = textIn(values, field.name);
  if (!('json' in field) || text === '') return undefined;
  try {
    return isRecord(JSON.parse(text)) ? undefined : `${field.label} must be a JSON object.`;
  } catch {
    return `${field.label} is not valid JSON.`;
  }
}

/** The name of the field that a path of the API is about. */
export function draftFieldOf(type: SessionType, path: string): string | undefined {
  const whole = path.replace(/^secrets\./, '');
  const names = [whole, whole.split(/[.[]/)[0]];
  return sessionFieldsOf(type).find(({ name }) => names.includes(name))?.name;
}
