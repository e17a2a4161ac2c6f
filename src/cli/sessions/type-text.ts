import type { SessionType } from '../../models/session-fields.ts';

/** What tables and lists call each session type. */
const names: Readonly<Record<SessionType, string>> = {
  awsIamUser: 'IAM user',
  awsIamRoleFederated: 'Federated role',
  awsIamRoleChained: 'Chained role',
  awsSsoRole: 'SSO role',
  azure: 'Azure',
};

export function typeText(type: SessionType): string {
  return names[type];
}
