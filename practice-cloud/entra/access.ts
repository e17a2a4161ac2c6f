import type { Application } from './application.ts';
import { resourceAppIds, type ResourceName } from './clouds.ts';
import { EntraFault } from './fault.ts';
import type { SignedIn } from './grants.ts';
import type { EntraUser } from './user.ts';
import type { Tenant } from './tenant.ts';

/**
 * Whether a sign-in is good enough for a resource: consent, then Conditional Access ("Conditional
 * Access: developer guidance", with the claims challenge that the client is to send along next time).
 * @throws EntraFault 65001, 50076, 50079, 53003
 */
export function checkAccess(
  application: Application,
  { user, tenant, mfa }: SignedIn,
  resource: ResourceName,
): void {
  if (!application.hasConsent(tenant.tenantId, String(tenant.members.get(user)))) {
    throw consentMissing(application);
  }
  const policy = tenant.policies.get(resource);
  if (policy === undefined) return;
  if (policy.requirement === 'block') throw blocked(policy.policyId);
  if (!mfa) throw secondFactorMissing(user, resource, policy.policyId);
}

/** Whether a sign-in for this resource requires a code. @throws EntraFault 50079, 53003 */
export function needsCode(
  user: EntraUser,
  tenant: Tenant,
  resource: ResourceName,
  challenged: boolean,
): boolean {
  const policy = tenant.policies.get(resource);
  if (policy?.requirement === 'block') throw blocked(policy.policyId);
  const needed = user.mfa === 'required' || challenged || policy !== undefined;
  if (needed && user.device === undefined) {
    throw secondFactorMissing(user, resource, policy?.policyId ?? '');
  }
  return needed;
}

function consentMissing({ clientId, name }: Application): EntraFault {
  return new EntraFault(
    65001,
    'invalid_grant',
    `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
    { suberror: 'consent_required' },
  );
}

function blocked(policyId: string): EntraFault {
  return new EntraFault(
    53003,
    'interaction_required',
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    { suberror: 'message_only', claims: claimsChallenge(policyId) },
  );
}

function secondFactorMissing(
  { device }: EntraUser,
  resource: ResourceName,
  policyId: string,
): EntraFault {
  const what = device === undefined ? 'enroll in' : 'use';
  return new EntraFault(
    device === undefined ? 50079 : 50076,
    'interaction_required',
    `Due to a configuration change made by your administrator, or because you moved to a new location, you must ${what} multi-factor authentication to access '${resourceAppIds[resource]}'.`,
    { suberror: 'basic_action', claims: claimsChallenge(policyId) },
  );
}

/** "Claims challenges, claims requests, and client capabilities". */
function claimsChallenge(policyId: string): string {
  return JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } });
}
