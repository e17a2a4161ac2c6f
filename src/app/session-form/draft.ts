import type { z } from 'zod';
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
import { fieldErrorsOf } from '../fields/error-text.ts';
import { tagRecord, tagsError, tagsOf, textOfTags } from '../fields/tags.ts';
import { fieldsOfForm, type FormField } from './form-fields.ts';

/** What somebody has typed so far, as text, by the name of the field. */
export type Draft = Readonly<Record<string, string>>;
export type DraftErrors = Readonly<Record<string, string>>;

const schemas: Readonly<Record<SessionType, z.ZodType>> = {
  awsIamUser: awsIamUserFieldsSchema,
  awsIamRoleChained: awsIamRoleChainedFieldsSchema,
  awsIamRoleFederated: awsIamRoleFederatedFieldsSchema,
  awsSsoRole: awsSsoRoleFieldsSchema,
  azure: azureFieldsSchema,
};

const keys: readonly string[] = ['accessKeyId', 'secretAccessKey'];

/** Before the name of a limit, which is a field of its own in the form. */
const limit = 'limits.';

const typed = (draft: Draft, name: string) => (draft[name] ?? '').trim();

/** The fields of a session as they would be typed; its keys stay in the vault. */
export function draftOf(session: Session): Draft {
  const limits = Object.entries(session.limits ?? {}).map(([name, value]) => [limit + name, value]);
  return Object.fromEntries(
    [...Object.entries(session), ...limits].flatMap(([name, value]) => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value === true) return 'true';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value !== 'object' || value === null) return undefined;
  return textOfTags(Object.entries(value).map(([name, text]) => ({ name, value: String(text) })));
}

/** The fields as the API takes them; what is left empty is left out. */
export function fieldsOf(type: SessionType, draft: Draft): Record<string, unknown> {
  const given = fieldsOfForm(type)
    .filter(({ name }) => !keys.includes(name) && typed(draft, name) !== '')
    .map((field) => [field.name, valueOf(field, typed(draft, field.name))] as const)
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

/**
 * The merge patch (RFC 7396) that makes `session` have these fields: takes away what was emptied,
 * in lists of names too; what the form does not show stays.
 */
export function patchFor(
  session: Session,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const before = session as Readonly<Record<string, unknown>>;
  const emptied = fieldsOfForm(session.type)
    .filter(({ name, optional }) => optional === true && name !== 'profileName')
    .map(({ name }) => [name.split('.')[0] ?? name, null] as const);
  const said = Object.entries(fields).map(([name, value]) => {
    const old = before[name];
    if (!isRecord(value) || !isRecord(old)) return [name, value] as const;
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
    return [name, { ...value, ...Object.fromEntries(gone.map((key) => [key, null])) }] as const;
  });
  return { ...Object.fromEntries(emptied), ...Object.fromEntries(said) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueOf({ read }: FormField, text: string): unknown {
  switch (read) {
    case 'number':
      return Number(text);
    case 'flag':
      return text === 'true';
    case 'list':
      return text.split(',').flatMap((part) => part.trim() || []);
    case 'tags':
      return tagRecord(tagsOf(text));
    case 'json':
    case undefined:
      return text;
  }
}

/** The keys typed, or undefined where none are. */
export function secretsOf(draft: Draft): SessionSecrets | undefined {
  const secrets = {
    accessKeyId: typed(draft, 'accessKeyId'),
    secretAccessKey: typed(draft, 'secretAccessKey'),
  };
  return secrets.accessKeyId === '' && secrets.secretAccessKey === '' ? undefined : secrets;
}

/** What is wrong with each field, in words. `keysNeeded`: a new session of an IAM user has none yet. */
export function errorsOf(
  type: SessionType,
  draft: Draft,
  { keysNeeded }: { readonly keysNeeded: boolean },
): DraftErrors {
  const secrets = type === 'awsIamUser' ? secretsOf(draft) : undefined;
  const errors: Record<string, string> = {
    ...fieldErrorsOf(schemas[type], fieldsOf(type, draft)),
    ...(secrets === undefined ? {} : fieldErrorsOf(sessionSecretsSchema, secrets)),
  };
  if (secrets?.secretAccessKey !== '' && errors['secretAccessKey'] !== undefined) {
    errors['secretAccessKey'] = 'must be the secret access key, 40 characters';
  }
  for (const field of fieldsOfForm(type)) {
    const wrong = textError(field, typed(draft, field.name));
    if (wrong !== undefined) errors[field.name] = wrong;
  }
  for (const { name, optional } of fieldsOfForm(type)) {
    const isNeeded = keys.includes(name)
      ? keysNeeded || secrets !== undefined
      : optional === undefined;
    if (isNeeded && typed(draft, name) === '') errors[name] = 'is needed';
  }
  return errors;
}

/** What the text itself shows to be wrong, before it is a value. */
function textError({ read }: FormField, text: string): string | undefined {
  if (read === 'tags') return tagsError(tagsOf(text));
  if (read !== 'json' || text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? undefined : 'must be a policy document';
  } catch {
    return 'is not JSON';
  }
}

/** The field of the form that an error of the API is about. */
export function draftFieldOf(type: SessionType, path: string): string | undefined {
  const whole = path.replace(/^secrets\./, '');
  const names = [whole, whole.split(/[.[]/)[0]];
  return fieldsOfForm(type).find(({ name }) => names.includes(name))?.name;
}
