import type { SessionType } from '../../models/session-fields.ts';
import type { FieldFlag } from '../arguments/field-flags.ts';
import { count, duration, programLine, tags } from '../arguments/flag-values.ts';
import { parseInstant } from '../arguments/instant.ts';

/*
 * The flags of `session add` and `session edit`: which field each one sets, and how it is read. Flag
 * names are the field names in kebab case, except for --name and --profile (DESIGN §8).
 */

const everySession: readonly FieldFlag[] = [
  text('sessionName', 'name', 'NAME', 'name of the session'),
  text('region', 'region', 'REGION', 'AWS region or Azure location, such as eu-west-1'),
  { path: ['labels'], flag: 'label', value: 'LABEL', help: 'label (repeatable)', many: same },
  text('environment', 'environment', 'NAME', 'production, staging, development or another word'),
  { path: ['pinned'], flag: 'pinned', help: 'keep it at the top' },
  { path: ['hidden'], flag: 'hidden', help: 'leave it out of lists while it is not running' },
  {
    path: ['limits', 'maxSessionSeconds'],
    flag: 'max-session-seconds',
    value: 'DURATION',
    help: 'end each run after this long, such as 8h or 3600 (seconds)',
    read: duration,
  },
  {
    path: ['limits', 'maxLeases'],
    flag: 'max-leases',
    value: 'COUNT',
    help: 'most leases that a run may open',
    read: count,
  },
  {
    path: ['limits', 'idleSeconds'],
    flag: 'idle-seconds',
    value: 'DURATION',
    help: 'end a run that nothing has used for this long, such as 30min',
    read: duration,
  },
  {
    path: ['validUntil'],
    flag: 'valid-until',
    value: 'TIME',
    help: 'archive the session then: 2026-12-31, 2026-12-31T18:00:00Z or, from now, 8h or 30d',
    read: (value) => parseInstant(value, 'ahead'),
  },
  {
    path: ['onDemand'],
    flag: 'on-demand',
    help: 'let `stint credentials` start it',
  },
];

const profile = text(
  'profileName',
  'profile',
  'PROFILE',
  'AWS profile to write to (default: made from the name)',
);
const awsDelivery = text(
  'delivery',
  'delivery',
  'HOW',
  'how tools get the credentials: credentials-file, credential-process or endpoint-only',
);
const azureDelivery = text(
  'delivery',
  'delivery',
  'HOW',
  'how tools get the credentials: azure-cli or endpoint-only',
);
const anyDelivery = text(
  'delivery',
  'delivery',
  'HOW',
  'how tools get the credentials: credentials-file, credential-process, azure-cli or endpoint-only',
);
const mfaSerial = text('mfaSerial', 'mfa-serial', 'ARN', 'ARN or serial number of the MFA device');
const roleArn = text('roleArn', 'role-arn', 'ARN', 'ARN of the role to assume');
const roleSeconds: FieldFlag = {
  path: ['roleSeconds'],
  flag: 'role-seconds',
  value: 'DURATION',
  help: 'duration to ask AWS for, 15min to 12h (or in seconds)',
  read: duration,
};
const integrationId = text(
  'integrationId',
  'integration-id',
  'NAME',
  'name or id of its integration',
);

const endpointUrl = text(
  'endpointUrl',
  'endpoint-url',
  'URL',
  'endpoint of AWS’s services for this session, such as that of LocalStack',
);

const ownFlags: Readonly<Record<SessionType, readonly FieldFlag[]>> = {
  awsIamUser: [
    mfaSerial,
    endpointUrl,
    {
      path: ['mfaCommand'],
      flag: 'mfa-command',
      value: 'JSON',
      help: 'program that prints the MFA code, as a JSON array; Stint asks before its first run',
      read: programLine,
    },
    {
      path: ['tokenSeconds'],
      flag: 'token-seconds',
      value: 'DURATION',
      help: 'duration to ask AWS for, 15min to 36h (default: 12h)',
      read: duration,
    },
  ],
  awsIamRoleFederated: [
    text('idpId', 'idp-id', 'NAME', 'name or id of the identity provider'),
    text('idpArn', 'idp-arn', 'ARN', 'ARN of the SAML provider in the AWS account'),
    roleArn,
    roleSeconds,
    endpointUrl,
    {
      path: ['separateIdentity'],
      flag: 'separate-identity',
      help: 'do not share the sign-in with other sessions of the identity provider',
    },
  ],
  awsIamRoleChained: [
    text(
      'parentSessionId',
      'parent-session-id',
      'NAME',
      'name or id of the session that assumes the role',
    ),
    roleArn,
    text(
      'roleSessionName',
      'role-session-name',
      'NAME',
      'session name for CloudTrail; else you and the run',
    ),
    text('externalId', 'external-id', 'ID', 'external id that the trust policy asks for'),
    text('sourceIdentity', 'source-identity', 'NAME', 'source identity for CloudTrail'),
    {
      path: ['tags'],
      flag: 'tag',
      value: 'KEY=VALUE',
      help: 'session tag (repeatable)',
      many: tags,
    },
    {
      path: ['policyArns'],
      flag: 'policy-arn',
      value: 'ARN',
      help: 'managed policy that narrows the session (repeatable)',
      many: same,
    },
    text('policy', 'policy', 'JSON', 'inline policy that narrows the session'),
    mfaSerial,
    roleSeconds,
    endpointUrl,
  ],
  awsSsoRole: [
    integrationId,
    text('accountId', 'account-id', 'ID', 'AWS account, 12 digits'),
    text('accountName', 'account-name', 'NAME', 'name of the account'),
    text('roleName', 'role-name', 'NAME', 'permission set'),
    text('email', 'email', 'ADDRESS', 'e-mail address of the account'),
  ],
  azure: [
    integrationId,
    text('tenantId', 'tenant-id', 'ID', 'id of the tenant'),
    text('subscriptionId', 'subscription-id', 'ID', 'id of the subscription'),
    text('subscriptionName', 'subscription-name', 'NAME', 'name of the subscription'),
  ],
};

/** The flags of `session add TYPE`. */
export function flagsOfType(type: SessionType): readonly FieldFlag[] {
  const cloud = type === 'azure' ? [azureDelivery] : [profile, awsDelivery];
  return [...everySession, ...cloud, ...ownFlags[type]];
}

/** The flags of `session edit`: those of all types, each once. */
export function flagsOfAllTypes(): readonly FieldFlag[] {
  const all = [...everySession, profile, anyDelivery, ...Object.values(ownFlags).flat()];
  return [...new Map(all.map((flag) => [flag.flag, flag])).values()];
}

function text(field: string, flag: string, value: string, help: string): FieldFlag {
  return { path: [field], flag, value, help };
}

function same(texts: readonly string[]): readonly string[] {
  return texts;
}
