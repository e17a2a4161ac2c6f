import { z } from 'zod';
import {
  awsIamRoleChainedFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamUserFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
  sessionSecretsSchema,
} from '../../models/session-fields.ts';
import { keptFieldNames } from '../../models/session.ts';

const secrets = {
  secrets: sessionSecretsSchema
    .meta({ id: 'SessionSecrets' })
    .optional()
    .describe('write-only: they go to the vault and are never shown again'),
};

const oneYear = 31_536_000;

const forNew = {
  ...secrets,
  sessionId: z.uuid().optional().describe('one of your own; 409 where it is taken'),
  expires_in: z
    .int()
    .min(1)
    .max(10 * oneYear)
    .optional()
    .describe('seconds until the session is archived; the same as `validUntil`, counted from now'),
};

/** Body of POST: the fields of a session, its secrets, and how long it is to be there. */
export const newSessionSchema = z
  .discriminatedUnion('type', [
    awsIamUserFieldsSchema.extend(forNew).meta({ id: 'NewAwsIamUserSession' }),
    awsIamRoleFederatedFieldsSchema.extend(forNew).meta({ id: 'NewAwsIamRoleFederatedSession' }),
    awsIamRoleChainedFieldsSchema.extend(forNew).meta({ id: 'NewAwsIamRoleChainedSession' }),
    awsSsoRoleFieldsSchema.extend(forNew).meta({ id: 'NewAwsSsoRoleSession' }),
    azureFieldsSchema.extend(forNew).meta({ id: 'NewAzureSession' }),
  ])
  .meta({ id: 'NewSession' });

/** A reader may send back all that it was given: what Stint keeps itself is ignored. */
const sentBack = Object.fromEntries(
  keptFieldNames.map((name) => [name, z.unknown().optional().describe('ignored')]),
);
const forAll = { ...sentBack, ...secrets };

/** Body of PUT: all fields of a session; omitted ones are removed. */
export const sessionReplacementSchema = z
  .discriminatedUnion('type', [
    awsIamUserFieldsSchema.extend(forAll).meta({ id: 'AwsIamUserReplacement' }),
    awsIamRoleFederatedFieldsSchema.extend(forAll).meta({ id: 'AwsIamRoleFederatedReplacement' }),
    awsIamRoleChainedFieldsSchema.extend(forAll).meta({ id: 'AwsIamRoleChainedReplacement' }),
    awsSsoRoleFieldsSchema.extend(forAll).meta({ id: 'AwsSsoRoleReplacement' }),
    azureFieldsSchema.extend(forAll).meta({ id: 'AzureReplacement' }),
  ])
  .meta({ id: 'SessionReplacement' });

/** Body of PATCH: the members of a session to change. Checked once it is merged. */
export const sessionPatchSchema = z
  .record(z.string(), z.unknown())
  .describe('JSON merge patch (RFC 7396) on the fields of the session; null takes a field away')
  .meta({ id: 'SessionPatch' });
