import type { AwsSsoRoleSession, Session } from '../../../models/session.ts';
import type { Settings } from '../../../models/settings.ts';
import type { SessionKind } from '../source.ts';

/** Sessions of Identity Center: one for each account and role. */
export function roleSessions(settings: () => Settings): SessionKind {
  return {
    decided: ['accountId', 'accountName', 'roleName', 'email'],
    keyOf: (fields) => {
      const { accountId, roleName } = fields as AwsSsoRoleSession;
      return `${accountId}/${roleName}`;
    },
    placeOf: (session) => (session as AwsSsoRoleSession).accountId,
    nameOf: (session: Session) => roleName(session as AwsSsoRoleSession),
    fieldsOf: ({ sessionName, fields }, integrationId) => ({
      type: 'awsSsoRole',
      sessionName,
      region: settings().defaultRegion,
      integrationId,
      accountId: fields['accountId'] ?? '',
      accountName: fields['accountName'] ?? '',
      roleName: fields['roleName'] ?? '',
      ...(fields['email'] === undefined ? {} : { email: fields['email'] }),
    }),
  };
}

export function roleName(role: {
  readonly accountName: string;
  readonly roleName: string;
}): string {
  return `${role.accountName} / ${role.roleName}`.slice(0, 128);
}
