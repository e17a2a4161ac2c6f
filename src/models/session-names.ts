import { accountIdPattern, parseArn } from './arn.ts';

/** What of a session people may call it by. */
export type NamedSession = {
  readonly sessionName: string;
  readonly profileName?: string;
} & (
  | { readonly type: 'awsIamUser' }
  | { readonly type: 'awsIamRoleFederated' | 'awsIamRoleChained'; readonly roleArn: string }
  | {
      readonly type: 'awsSsoRole';
      readonly accountId: string;
      readonly accountName: string;
      readonly roleName: string;
    }
  | {
      readonly type: 'azure';
      readonly subscriptionId: string;
      readonly subscriptionName: string;
      readonly tenantId: string;
    }
);

/**
 * What a session may be called besides its name and id: its profile, its account (by name, or by id as
 * `123456789012` or `1234-5678-9012`), account and role as `account/role`, its role's ARN; a
 * subscription or tenant of Azure.
 */
export function otherNames(session: NamedSession): readonly string[] {
  const profile = session.profileName === undefined ? [] : [session.profileName];
  switch (session.type) {
    case 'awsIamUser':
      return profile;
    case 'awsIamRoleFederated':
    case 'awsIamRoleChained': {
      const arn = parseArn(session.roleArn);
      if (arn === undefined) return [...profile, session.roleArn];
      const role = arn.resource.replace(/^role\//, '');
      return [...profile, session.roleArn, ...inAccounts(accountIds(arn.accountId), role)];
    }
    case 'awsSsoRole': {
      const accounts = [session.accountName, ...accountIds(session.accountId)];
      return [...profile, ...inAccounts(accounts, session.roleName)];
    }
    case 'azure':
      return [session.subscriptionName, session.subscriptionId, session.tenantId];
  }
}

function inAccounts(accounts: readonly string[], role: string): readonly string[] {
  return accounts.flatMap((account) => [account, `${account}/${role}`]);
}

/** As APIs have it, and as the AWS console shows it. */
function accountIds(id: string): readonly string[] {
  return accountIdPattern.test(id) ? [id, id.replace(/(\d{4})(\d{4})(\d{4})/, '$1-$2-$3')] : [id];
}
