import type { AzureSession, Session } from '../../../models/session.ts';
import type { Settings } from '../../../models/settings.ts';
import type { SessionKind } from '../source.ts';

/** Sessions of a tenant: one for each subscription. */
export function subscriptionSessions(settings: () => Settings): SessionKind {
  return {
    decided: ['tenantId', 'subscriptionId', 'subscriptionName'],
    keyOf: (fields) => (fields as AzureSession).subscriptionId,
    placeOf: (session) => (session as AzureSession).tenantId,
    nameOf: (session: Session) => (session as AzureSession).subscriptionName,
    fieldsOf: ({ sessionName, fields }, integrationId) => ({
      type: 'azure',
      sessionName,
      region: settings().defaultLocation,
      integrationId,
      tenantId: fields['tenantId'] ?? '',
      subscriptionId: fields['subscriptionId'] ?? '',
      subscriptionName: fields['subscriptionName'] ?? '',
    }),
  };
}
