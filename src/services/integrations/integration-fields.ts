import {
  integrationFieldsSchema,
  type AwsSsoIntegration,
  type AzureIntegration,
  type Integration,
  type IntegrationFields,
  type IntegrationSecrets,
} from '../../models/integration.ts';
import type { FieldErrorInput } from '../../models/problem.ts';
import type { Settings } from '../../models/settings.ts';
import { regionOfStartUrl, withoutFragment } from '../../models/start-url.ts';
import { sameAwsPartition } from '../../models/aws-region.ts';
import { awsRegionErrors } from '../validation/aws-region.ts';
import { check, refuse } from '../validation/check.ts';

/** The fields that a person set. */
export function integrationFieldsOf(integration: Integration): IntegrationFields {
  const { integrationId, status, loggedInUntil, lastSync, lastSyncResult, ...fields } = integration;
  if (!('credential' in fields)) return fields;
  const { credential, ...said } = fields;
  return said;
}

/** The kind of secret its application signs in with. Throws Problem 'invalid-request'. */
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

/**
 * The same for an existing integration that is given `fields`. A kept secret does not follow it to
 * another authority, which would be sent it. Throws Problem 'invalid-request'.
 */
export function keptCredential(integration: Integration, fields: IntegrationFields) {
  const { credential, authorityHost } = integration as Partial<AzureIntegration>;
  if (credential === undefined) return {};
  if (fields.kind === 'azure' && fields.authorityHost !== authorityHost) {
    return refuse('integration', [
      { field: 'secrets', message: 'is required to change authorityHost: the kept secret stays' },
    ]);
  }
  return { credential };
}

/** Where it signs in, and for what: compared to notice a change. */
export function signInTarget(fields: IntegrationFields): string {
  return JSON.stringify(
    fields.kind === 'awsSso'
      ? [fields.startUrl, fields.region, fields.scopes]
      : [fields.tenantId, fields.authorityHost, fields.clientId, fields.scopes],
  );
}

/** Throws Problem 'invalid-request'. `before`: the integration that the fields replace. */
export function checked(
  fields: IntegrationFields,
  { before, settings }: { readonly before?: Integration; readonly settings: Settings },
): IntegrationFields {
  const { data, errors } = check(integrationFieldsSchema, fields);
  if (data === undefined) return refuse('integration', errors);
  if (before !== undefined && data.kind !== before.kind) {
    const message = `must stay ${before.kind}; add a new integration instead`;
    return refuse('integration', [{ field: 'kind', message }]);
  }
  if (data.kind === 'azure') return data;
  const normal = { ...data, startUrl: withoutFragment(data.startUrl) };
  const regionBefore = before?.kind === 'awsSso' ? before.region : undefined;
  const wrong = [
    // What was entered before this rule does not keep other fields from being changed.
    ...(before !== undefined && signInTarget(before) === signInTarget(normal)
      ? []
      : portalRegionErrors(normal.startUrl, normal.region)),
    ...awsRegionErrors(normal.region, { before: regionBefore, settings }),
    ...failoverErrors(normal, before, settings),
  ].slice(0, 1);
  return wrong.length === 0 ? normal : refuse('integration', wrong);
}

function failoverErrors(
  { region, failoverRegion }: Pick<AwsSsoIntegration, 'region' | 'failoverRegion'>,
  before: Integration | undefined,
  settings: Settings,
): readonly FieldErrorInput[] {
  if (failoverRegion === undefined) return [];
  const field = 'failoverRegion';
  if (failoverRegion === region) return [{ field, message: 'must be another region than region' }];
  if (!sameAwsPartition(failoverRegion, region)) {
    return [{ field, message: `must be in the partition of ${region}` }];
  }
  const kept = before?.kind === 'awsSso' ? before.failoverRegion : undefined;
  return awsRegionErrors(failoverRegion, { before: kept, settings, field });
}

function portalRegionErrors(startUrl: string, region: string): readonly FieldErrorInput[] {
  const own = regionOfStartUrl(startUrl);
  if (own === undefined || own === region) return [];
  return [{ field: 'region', message: `must be ${own}, which the start URL names, not ${region}` }];
}
