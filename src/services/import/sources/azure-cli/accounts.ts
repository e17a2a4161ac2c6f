import { stringIn, memberOf } from '../../../delivery/shared/json/node.ts';
import type { JsonNode } from '../../../delivery/shared/json/parse.ts';
import { cleanText } from '../../../network/provider-text.ts';

/** One row of `az account list`, as `azureProfile.json` keeps it (azure-cli-core, `_profile.py`). */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  /** What people call the tenant; only newer versions of the Azure CLI write it. */
  readonly tenantName: string | undefined;
  readonly cloud: string | undefined;
  /** Such as `Enabled`. */
  readonly state: string | undefined;
  readonly identity: Identity;
}

export type Identity =
  | { readonly kind: 'user' }
  | { readonly kind: 'managedIdentity' }
  | { readonly kind: 'servicePrincipal'; readonly clientId: string };

export function accountOf(node: JsonNode): Account {
  const id = stringIn(node, 'id') ?? '';
  return {
    id,
    name: cleanText(stringIn(node, 'name')) ?? id,
    tenantId: stringIn(node, 'tenantId') ?? '',
    tenantName:
      cleanText(stringIn(node, 'tenantDisplayName')) ??
      cleanText(stringIn(node, 'tenantDefaultDomain')),
    cloud: cleanText(stringIn(node, 'environmentName'), 80),
    state: stringIn(node, 'state'),
    identity: identityOf(memberOf(node, 'user')),
  };
}

/** `az login --allow-no-subscriptions` lists a tenant as an account of the same id. */
export function isTenantAlone({ id, tenantId }: Account): boolean {
  return id !== '' && id === tenantId;
}

/** A managed identity is a service principal without a client id (`_try_parse_msi_account_name`). */
function identityOf(user: JsonNode | undefined): Identity {
  if (stringIn(user, 'type') !== 'servicePrincipal') return { kind: 'user' };
  const name = stringIn(user, 'name') ?? '';
  return name === 'systemAssignedIdentity' || name === 'userAssignedIdentity'
    ? { kind: 'managedIdentity' }
    : { kind: 'servicePrincipal', clientId: cleanText(name, 80) ?? '' };
}
