import {
  awsIamUserFieldsSchema,
  sessionSecretsSchema,
  type SessionSecrets,
} from '../../models/session-fields.ts';
import type { Schemas } from '../../client/client.ts';
import type { Session } from '../connection/owner.ts';

/** What somebody has typed so far, as text. */
export interface Draft {
  readonly sessionName: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly mfaSerial: string;
  readonly profileName: string;
  readonly tokenSeconds: string;
  readonly environment: string;
  readonly labels: string;
}
export type DraftField = keyof Draft;
export type DraftErrors = Readonly<Partial<Record<DraftField, string>>>;

export const emptyDraft: Draft = {
  sessionName: '',
  region: '',
  accessKeyId: '',
  secretAccessKey: '',
  mfaSerial: '',
  profileName: '',
  tokenSeconds: '',
  environment: '',
  labels: '',
};

/** The fields of a session as they are typed; its keys stay in the vault. */
export function draftOf(session: Session): Draft {
  if (session.type !== 'awsIamUser') return emptyDraft;
  return {
    ...emptyDraft,
    sessionName: session.sessionName,
    region: session.region,
    mfaSerial: session.mfaSerial ?? '',
    profileName: session.profileName,
    tokenSeconds: String(session.tokenSeconds ?? ''),
    environment: session.environment ?? '',
    labels: (session.labels ?? []).join(', '),
  };
}

/** The fields as the API takes them; what is left empty is left out. */
export function fieldsOf(draft: Draft): Omit<Schemas['NewAwsIamUserSession'], 'secrets'> {
  const labels = draft.labels.split(',').flatMap((label) => label.trim() || []);
  const optional = {
    mfaSerial: draft.mfaSerial.trim(),
    profileName: draft.profileName.trim(),
    environment: draft.environment.trim(),
  };
  return {
    type: 'awsIamUser',
    sessionName: draft.sessionName.trim(),
    region: draft.region.trim(),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
    ...(draft.tokenSeconds === '' ? {} : { tokenSeconds: Number(draft.tokenSeconds) }),
    ...(labels.length === 0 ? {} : { labels }),
  };
}

/** The keys typed, or undefined where none are. */
export function secretsOf({ accessKeyId, secretAccessKey }: Draft): SessionSecrets | undefined {
  const keys = {
    accessKeyId: accessKeyId.trim(),
    secretAccessKey: secretAccessKey.trim(),
  };
  return keys.accessKeyId === '' && keys.secretAccessKey === '' ? undefined : keys;
}

/** What is wrong with each field, in words. `keysNeeded`: a new session has none yet. */
export function errorsOf(
  draft: Draft,
  { keysNeeded }: { readonly keysNeeded: boolean },
): DraftErrors {
  const errors: Partial<Record<DraftField, string>> = {};
  const check = awsIamUserFieldsSchema.safeParse(fieldsOf(draft));
  for (const { path, message } of check.error?.issues ?? []) {
    errors[path[0] as DraftField] ??= message;
  }
  const secrets = secretsOf(draft);
  if (secrets !== undefined) {
    const issues = sessionSecretsSchema.safeParse(secrets).error?.issues ?? [];
    for (const { path, message } of issues) errors[path[0] as DraftField] ??= message;
    if (secrets.secretAccessKey !== '' && errors.secretAccessKey !== undefined) {
      errors.secretAccessKey = 'must be the secret access key, 40 characters';
    }
  }
  const needed: readonly DraftField[] = [
    'sessionName',
    'region',
    ...(keysNeeded || secrets !== undefined ? (['accessKeyId', 'secretAccessKey'] as const) : []),
  ];
  for (const field of needed) if (draft[field].trim() === '') errors[field] = 'is needed';
  return errors;
}

/** The field of the form that an error of the API is about. */
export function draftFieldOf(path: string): DraftField | undefined {
  const name = path.replace(/^secrets\./, '').split(/[.[]/)[0] ?? '';
  return name in emptyDraft ? (name as DraftField) : undefined;
}
