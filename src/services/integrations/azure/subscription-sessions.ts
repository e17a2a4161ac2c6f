import { locationFor, type AzureCloud } from '../../../models/azure-cloud.ts';
import type { AzureIntegration } from '../../../models/integration.ts';
import type { AzureSession, Session } from '../../../models/session.ts';
import type { Settings } from '../../../models/settings.ts';
import type { SessionKind } from '../source.ts';

/** Sessions of a tenant: one for each subscription. */
export function subscriptionSessions(
  settings: () => Settings,
  cloudOf: (integration: AzureIntegration) => AzureCloud,
): SessionKind<AzureIntegration> {
  return {
    decided: ['tenantId', 'subscriptionId', 'subscriptionName'],
    keyOf: (fields) => (fields as AzureSession).subscriptionId,
    accountOrTenantOf: (session) => (session as AzureSession).tenantId,
    nameOf: (session: Session) => (session as AzureSession).subscriptionName,
    fieldsOf: ({ sessionName, fields }, integration) => ({
      type: 'azure',
      sessionName,
      region: locationFor(cloudOf(integration), settings().defaultLocation),
      integrationId: integration.integrationId,
      tenantId: fields['tenantId'] ?? '',
      subscriptionId: fields['subscriptionId'] ?? '',
      subscriptionName: fields['subscriptionName'] ?? '',
    }),
  };
}
