import { sameAwsPartition } from '../../../models/aws-region.ts';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { AwsSsoRoleSession, Session } from '../../../models/session.ts';
import type { Settings } from '../../../models/settings.ts';
import type { SessionKind } from '../source.ts';

/** Sessions of Identity Center: one for each account and role. */
export function roleSessions(settings: () => Settings): SessionKind<AwsSsoIntegration> {
  return {
    profileTemplate: () => settings().profileNameTemplate,
    decided: ['accountId', 'accountName', 'roleName', 'email'],
    keyOf: (fields) => {
      const { accountId, roleName } = fields as AwsSsoRoleSession;
      return `${accountId}/${roleName}`;
    },
    accountOrTenantOf: (session) => (session as AwsSsoRoleSession).accountId,
    nameOf: (session: Session) => roleName(session as AwsSsoRoleSession),
    fieldsOf: ({ sessionName, fields }, { integrationId, region }) => ({
      type: 'awsSsoRole',
      sessionName,
      region: regionFor(region, settings()),
      integrationId,
      accountId: fields['accountId'] ?? '',
      accountName: fields['accountName'] ?? '',
      roleName: fields['roleName'] ?? '',
      ...(fields['email'] === undefined ? {} : { email: fields['email'] }),
    }),
  };
}

/** Credentials of one partition are unknown in the regions of every other. */
function regionFor(own: string, { defaultRegion }: Settings): string {
  return sameAwsPartition(defaultRegion, own) ? defaultRegion : own;
}

/** At most 128 characters, with the whole name of the role. */
export function roleName(role: {
  readonly accountName: string;
  readonly roleName: string;
}): string {
  const suffix = ` / ${role.roleName}`;
  return `${role.accountName.slice(0, 128 - suffix.length)}${suffix}`;
}
