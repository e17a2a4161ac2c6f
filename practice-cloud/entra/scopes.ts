import {
  allClouds,
  resourceAppIds,
  resourceNames,
  type Cloud,
  type ResourceName,
} from './clouds.ts';
import { EntraFault } from './fault.ts';

/** What a client asked for in `scope`. */
export interface AskedScopes {
  readonly resource: ResourceName;
  /** The resource under the name and with the slashes it was asked for: what `aud` will say. */
  readonly audience: string;
  /** The scopes requested of the resource, unchanged. */
  readonly ofResource: readonly string[];
  readonly isDefault: boolean;
  readonly openid: boolean;
  readonly offlineAccess: boolean;
}

/** "Scopes and permissions in the Microsoft identity platform", section "OpenID Connect scopes". */
const openidScopes = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Reads `scope`. Everything up to the last slash is the resource, so that the double slash of
 * `https://management.core.windows.net//.default` names one that ends with a slash ("Scopes and
 * permissions", section "Trailing slash and .default"). Names without an address are Graph's.
 * @param clouds whose resources are known here
 * @throws EntraFault 70011, 700022, 500011, 650053
 */
export function readScopes(scope: string, clouds: readonly Cloud[] = allClouds): AskedScopes {
  const all = scope.split(' ').filter((one) => one !== '');
  if (all.length === 0) {
    throw new EntraFault(
      70011,
      'invalid_scope',
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
    );
  }
  const ofResource = all.filter((one) => !openidScopes.includes(one));
  const audiences = new Set(ofResource.map((one) => audienceOf(one, clouds)));
  if (audiences.size > 1) {
    throw new EntraFault(
      700022,
      'invalid_scope',
      `The provided value for the input parameter scope '${scope}' is not valid because it contains more than one resource.`,
    );
  }
  const isDefault = ofResource.some((one) => one.endsWith('/.default'));
  if (isDefault && ofResource.length > 1) {
    throw new EntraFault(
      70011,
      'invalid_scope',
      `The provided value for the input parameter 'scope' is not valid. .default scope can't be combined with resource-specific scopes.`,
    );
  }
  const [audience = graphUri(clouds)] = audiences;
  const resource = resourceOf(audience, clouds);
  const unknown = ofResource.find((one) => !knowsPermission(resource, one));
  if (unknown !== undefined) {
    throw new EntraFault(
      650053,
      'invalid_client',
      `The application asked for scope '${unknown}' that doesn't exist on the resource '${resourceAppIds[resource]}'. Contact the app vendor.`,
      { status: 400 },
    );
  }
  return {
    resource,
    audience,
    ofResource,
    isDefault,
    openid: all.includes('openid'),
    offlineAccess: all.includes('offline_access'),
  };
}

/** The resource with this name. @throws EntraFault 500011 */
export function resourceOf(
  audience: string,
  clouds: readonly Cloud[],
  tenantName = 'the directory',
): ResourceName {
  const bare = audience.toLowerCase().replace(/\/$/, '');
  const found = resourceNames.find(
    (name) =>
      resourceAppIds[name] === bare || clouds.some((cloud) => cloud.resources[name].includes(bare)),
  );
  if (found !== undefined) return found;
  throw new EntraFault(
    500011,
    'invalid_resource',
    `The resource principal named ${audience} was not found in the tenant named ${tenantName}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );
}

function audienceOf(scope: string, clouds: readonly Cloud[]): string {
  const end = scope.lastIndexOf('/');
  return end === -1 ? graphUri(clouds) : scope.slice(0, end);
}

/** The permissions of a resource that one may ask for by name; Graph's are too many to list. */
function knowsPermission(resource: ResourceName, scope: string): boolean {
  const name = scope.slice(scope.lastIndexOf('/') + 1);
  return resource === 'graph' || name === '.default' || name === 'user_impersonation';
}

function graphUri(clouds: readonly Cloud[]): string {
  return String((clouds[0] ?? allClouds[0])?.resources.graph[0]);
}
