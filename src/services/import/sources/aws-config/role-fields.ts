import { awsIamRoleChainedFieldsSchema } from '../../../../models/session-fields.ts';

const optional = {
  externalId: 'external_id',
  roleSessionName: 'role_session_name',
  roleSeconds: 'duration_seconds',
  mfaSerial: 'mfa_serial',
} as const;
type OptionalField = keyof typeof optional;

/** The optional fields of a role. One that AWS would refuse is omitted and named. */
export function optionalRoleFields(settings: ReadonlyMap<string, string>) {
  const { shape } = awsIamRoleChainedFieldsSchema;
  const notes: string[] = [];
  const fields: { -readonly [Name in OptionalField]?: string | number } = {};
  for (const [name, key] of Object.entries(optional) as [OptionalField, string][]) {
    const text = settings.get(key);
    if (text === undefined) continue;
    const value = name === 'roleSeconds' ? Number(text) : text;
    // Without its device or external id the role cannot be assumed: the session's own rules decide.
    const isNeeded = name === 'externalId' || name === 'mfaSerial';
    if (isNeeded || shape[name].safeParse(value).success) fields[name] = value;
    else notes.push(`${key} is omitted: AWS does not accept its value.`);
  }
  return { fields: fields as OptionalRoleFields, notes };
}

interface OptionalRoleFields {
  readonly externalId?: string;
  readonly roleSessionName?: string;
  readonly roleSeconds?: number;
  readonly mfaSerial?: string;
}
