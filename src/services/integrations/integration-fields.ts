import {
  integrationFieldsSchema,
  type AzureIntegration,
  type Integration,
  type IntegrationFields,
  type IntegrationSecrets,
} from '../../models/integration.ts';
import { check, refuse } from '../validation/check.ts';

/** What a person said about the integration. */
export function fieldsOf(integration: Integration): IntegrationFields {
  const { integrationId, status, loggedInUntil, lastSync, lastSyncResult, ...fields } = integration;
  if (!('credential' in fields)) return fields;
  const { credential, ...said } = fields;
  return said;
}

/** What its application signs in with, without secrets. Throws Problem 'invalid-request'. */
export function credentialOf(fields: IntegrationFields, secrets: IntegrationSecrets | undefined) {
  if (secrets === undefined) return {};
  if (fields.kind !== 'azure') {
    return refuse('integration', [
      { field: 'secrets', message: 'must be sent for integrations of kind azure only' },
    ]);
  }
  if (fields.clientId === undefined) {
    return refuse('integration', [
      { field: 'clientId', message: 'is required with secrets: the application they belong to' },
    ]);
  }
  const credential: AzureIntegration['credential'] =
    secrets.clientSecret === undefined ? 'client-certificate' : 'client-secret';
  return { credential };
}

/** The same for an existing integration. */
export function credentialKept(integration: Integration) {
  const { credential } = integration as Partial<AzureIntegration>;
  return credential === undefined ? {} : { credential };
}

/** Where its sign-in happens. */
export function signInTargetOf(fields: IntegrationFields): string {
  return JSON.stringify(
    fields.kind === 'awsSso'
      ? [fields.startUrl, fields.region, fields.scopes]
      : [fields.tenantId, fields.authorityHost, fields.clientId, fields.scopes],
  );
}

/** Throws Problem 'invalid-request'. `kind`: that of the existing integration. */
export function checked(fields: IntegrationFields, kind?: Integration['kind']): IntegrationFields {
  const { data, errors } = check(integrationFieldsSchema, fields);
  if (data === undefined) return refuse('integration', errors);
  if (kind === undefined || data.kind === kind) return data;
  const message = `must stay ${kind}; add a new integration instead`;
  return refuse('integration', [{ field: 'kind', message }]);
}
