import { parseArn } from '../../models/arn.ts';
import { typeText } from './type-text.ts';

/** What of a session says which account it reaches. */
export type Reaching =
  | { readonly type: 'awsIamUser' }
  | { readonly type: 'awsSsoRole'; readonly accountId: string; readonly roleName: string }
  | { readonly type: 'awsIamRoleFederated' | 'awsIamRoleChained'; readonly roleArn: string }
  | { readonly type: 'azure'; readonly subscriptionId: string; readonly tenantId: string };

/**
 * Which account a session reaches, as the provider names it: an AWS account with the role, or an Azure
 * subscription with its tenant. Names of accounts and subscriptions need not be unique, these are. Empty
 * for an IAM user, whose account only AWS knows.
 */
export function accountText(session: Reaching): string {
  switch (session.type) {
    case 'awsSsoRole':
      return `${session.accountId} ${session.roleName}`;
    case 'awsIamRoleFederated':
    case 'awsIamRoleChained': {
      const arn = parseArn(session.roleArn);
      return arn === undefined ? '' : `${arn.accountId} ${arn.resource.replace(/^role\//, '')}`;
    }
    case 'azure':
      return `${session.subscriptionId} in tenant ${session.tenantId}`;
    case 'awsIamUser':
      return '';
  }
}

/** The account or subscription alone, for a column. */
export function accountId(session: Reaching): string {
  return accountText(session).split(' ')[0] ?? '';
}

/** A session among others that a name means, with what tells it from them. */
export function distinctLine(
  session: Reaching & {
    readonly sessionId: string;
    readonly sessionName: string;
    readonly region: string;
    readonly profileName?: string;
  },
): string {
  const profile = session.profileName === undefined ? '' : `profile ${session.profileName}`;
  return [
    session.sessionId,
    session.sessionName,
    typeText(session.type),
    accountText(session),
    profile,
    session.region,
  ]
    .filter((part) => part !== '')
    .join('  ');
}
