import type { Principal } from '../identity/principal.ts';
import type { SessionPolicies } from '../identity/session-policies.ts';
import { accessDenied } from './fault.ts';
import { isAbout, readPolicy } from './policy-document.ts';

/**
 * What AWS's own policies allow of STS (AWS Managed Policy Reference Guide). Any other policy is unknown here
 * and allows nothing.
 */
const managedPolicies: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['*'],
  ReadOnlyAccess: ['sts:GetAccessKeyInfo', 'sts:GetCallerIdentity', 'sts:GetSessionToken'],
};

/**
 * Refuses what the policies of the caller's session do not allow, or deny. What the role or user itself may do
 * is not practised, beyond a role's trust; conditions are not read: a statement with one allows nothing.
 * Source: IAM User Guide "Policies and permissions in IAM", "Session policies", and "Troubleshoot access
 * denied error messages".
 * @throws StsFault AccessDenied
 */
export function requireAllowed(caller: Principal, action: string, resource: string): void {
  if (caller.kind !== 'roleSession' || caller.policies === undefined) return;
  const verdict = verdictOf(caller.policies, action, resource);
  if (verdict === 'allowed') return;
  const why =
    verdict === 'denied'
      ? 'with an explicit deny in a session policy'
      : `because no session policy allows the ${action} action`;
  throw accessDenied(
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}

function verdictOf(
  { inline, arns }: SessionPolicies,
  action: string,
  resource: string,
): 'allowed' | 'denied' | 'not-allowed' {
  const managed = arns.map((arn) => ({
    Effect: 'Allow' as const,
    Action: [...(managedPolicies[arn.slice(arn.lastIndexOf('/') + 1)] ?? [])],
    Resource: ['*'],
  }));
  const own = inline === undefined ? [] : (readPolicy(inline) ?? []);
  const about = [...managed, ...own].filter((statement) => isAbout(statement, action, resource));
  if (about.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return about.some((one) => one.Effect === 'Allow' && !('Condition' in one && one.Condition))
    ? 'allowed'
    : 'not-allowed';
}
