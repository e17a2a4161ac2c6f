import * as z from 'zod';
import { identityProviderSchema } from '../../models/identity-provider.ts';
import {
  integrationFieldsSchema,
  integrationSecretsSchema,
  integrationViewSchema as viewSchema,
  syncFailureSchema,
  syncProgressSchema,
  syncResultSchema as resultSchema,
} from '../../models/integration.ts';

const [awsSsoFields, azureFields] = integrationFieldsSchema.options;

/** Body of POST. */
export const newIntegrationSchema = z
  .discriminatedUnion('kind', [
    awsSsoFields.meta({ id: 'NewAwsSsoIntegration' }),
    azureFields
      .extend({
        secrets: integrationSecretsSchema
          .optional()
          .describe(
            'what its application signs in with; write-only. If omitted, a person signs in',
          ),
      })
      .meta({ id: 'NewAzureIntegration' }),
  ])
  .meta({ id: 'NewIntegration' });

const [awsSso, azure] = viewSchema.options;
const sync = {
  lastSyncResult: resultSchema
    .meta({ id: 'SyncResult' })
    .optional()
    .describe('what the last successful sync changed'),
  lastSyncFailure: syncFailureSchema
    .meta({ id: 'SyncFailure' })
    .optional()
    .describe('why the last sync failed; removed when the next one begins'),
  sync: syncProgressSchema
    .meta({ id: 'SyncProgress' })
    .optional()
    .describe('progress of the sync that is running'),
};

/** An integration as readers see it. */
export const integrationViewSchema = z
  .discriminatedUnion('kind', [
    awsSso.extend(sync).meta({ id: 'AwsSsoIntegration' }),
    azure.extend(sync).meta({ id: 'AzureIntegration' }),
  ])
  .meta({ id: 'Integration' });

export const syncResultSchema = resultSchema.meta({ id: 'SyncResult' });

export const identityProviderViewSchema = identityProviderSchema.meta({ id: 'IdentityProvider' });
