import { azureCloudAt } from '../../models/azure-cloud.ts';
import type { IdentityProvider, IdentityProviderFields } from '../../models/identity-provider.ts';
import type {
  AwsSsoIntegration,
  Integration,
  IntegrationFields,
} from '../../models/integration.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import { withoutFragment } from '../../models/start-url.ts';

/*
 * When two things are the same: by what the cloud knows them by, never by their names.
 */

export function isSameIdentityProvider(
  fields: IdentityProviderFields,
  existing: IdentityProvider,
): boolean {
  return address(fields.url) === address(existing.url);
}

export function isSameIntegration(fields: IntegrationFields, existing: Integration): boolean {
  if (fields.kind === 'azure') {
    return (
      existing.kind === 'azure' &&
      fields.tenantId.toLowerCase() === existing.tenantId.toLowerCase() &&
      authorityOf(fields) === authorityOf(existing)
    );
  }
  return existing.kind === 'awsSso' && portal(fields) === portal(existing);
}

/** Only their keys tell IAM users apart, and no field has them. */
export function isSameSession(fields: SessionFields, existing: Session): boolean {
  const same = (...names: readonly string[]) =>
    fields.type === existing.type &&
    names.every(
      (name) =>
        (fields as Readonly<Record<string, unknown>>)[name] ===
        (existing as Readonly<Record<string, unknown>>)[name],
    );
  switch (fields.type) {
    case 'awsIamUser':
      return false;
    case 'awsIamRoleFederated':
      return same('idpId', 'roleArn');
    case 'awsIamRoleChained':
      return same('parentSessionId', 'roleArn', 'externalId');
    case 'awsSsoRole':
      return same('integrationId', 'accountId', 'roleName');
    case 'azure':
      return same('integrationId', 'subscriptionId');
  }
}

function authorityOf({ authorityHost }: { readonly authorityHost?: string | undefined }): string {
  return azureCloudAt(authorityHost).authorityHost;
}

function portal({ startUrl }: Pick<AwsSsoIntegration, 'startUrl'>): string {
  return address(withoutFragment(startUrl));
}

/** A URL in one spelling. */
function address(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/\/+$/, '') : url;
}
