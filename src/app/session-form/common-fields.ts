import type { SessionField } from './session-field.ts';

/* Fields that several types of session have. */

export const name: SessionField = {
  kind: 'text',
  name: 'sessionName',
  label: 'Name',
  placeholder: 'payments',
  ask: 'Enter a name.',
};
export const region = {
  kind: 'search',
  free: true,
  from: 'region',
  name: 'region',
  label: 'Region',
  placeholder: 'eu-west-1',
  ask: 'Enter a region, such as eu-west-1.',
  narrow: true,
} as const satisfies SessionField;
export const profile: SessionField = {
  kind: 'text',
  name: 'profileName',
  label: 'Profile',
  ask: 'Enter a profile name without brackets.',
  optional: true,
  narrow: true,
};
export const environment: SessionField = {
  kind: 'select',
  name: 'environment',
  label: 'Environment',
  optional: true,
  from: 'environment',
  none: 'None',
  narrow: true,
};
export const labels: SessionField = {
  kind: 'list',
  name: 'labels',
  label: 'Labels',
  placeholder: 'platform',
  hint: 'Press Enter after each label.',
  optional: true,
};
export const mfa: SessionField = {
  kind: 'text',
  name: 'mfaSerial',
  label: 'MFA device',
  placeholder: 'arn:aws:iam::123456789012:mfa/anna',
  ask: 'Paste the device’s ARN (arn:aws:iam::…:mfa/…) or serial number.',
  hint: 'The device’s ARN, from the IAM console. Stint asks for a code at the start.',
  optional: true,
};
export const roleArn: SessionField = {
  kind: 'text',
  name: 'roleArn',
  label: 'Role',
  placeholder: 'arn:aws:iam::123456789012:role/Audit',
  ask: 'Enter the ARN of the role, such as arn:aws:iam::123456789012:role/Audit.',
};
export const roleSeconds: SessionField = {
  kind: 'duration',
  name: 'roleSeconds',
  label: 'Duration',
  hint: '15 min to 12 h',
  optional: true,
  narrow: true,
};
/** STS API Reference, AssumeRole: RoleSessionName and SourceIdentity. */
export const askStsName = 'Enter 2 to 64 letters, digits or characters of _+=,.@-';
