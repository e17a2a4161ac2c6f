import * as z from 'zod';
import {
  awsIamRoleChainedFieldsSchema,
  awsIamRoleFederatedFieldsSchema,
  awsIamUserFieldsSchema,
  awsSsoRoleFieldsSchema,
  azureFieldsSchema,
  sessionSecretsSchema,
} from '../../models/session-fields.ts';
import { notAPatch } from '../merge-patch.ts';
import { keptFieldNames } from '../../models/session.ts';

const secrets = {
  secrets: sessionSecretsSchema
    .meta({ id: 'SessionSecrets' })
    .optional()
    .describe('write-only: Stint keeps them in the vault and never shows them'),
};

const oneYear = 31_536_000;

const forNew = {
  ...secrets,
  sessionId: z.uuid().optional().describe('an id you choose; 409 if it is in use'),
  expires_in: z
    .int()
    .min(1)
    .max(10 * oneYear)
    .optional()
    .describe('seconds until the session is archived: `validUntil`, counted from now'),
};

/** Body of POST: the fields of a session, its secrets, and how long it is valid. */
export const newSessionSchema = z
  .discriminatedUnion('type', [
    awsIamUserFieldsSchema.extend(forNew).meta({ id: 'NewAwsIamUserSession' }),
    awsIamRoleFederatedFieldsSchema.extend(forNew).meta({ id: 'NewAwsIamRoleFederatedSession' }),
    awsIamRoleChainedFieldsSchema.extend(forNew).meta({ id: 'NewAwsIamRoleChainedSession' }),
    awsSsoRoleFieldsSchema.extend(forNew).meta({ id: 'NewAwsSsoRoleSession' }),
    azureFieldsSchema.extend(forNew).meta({ id: 'NewAzureSession' }),
  ])
  .meta({ id: 'NewSession' });

const forTest = {
  ...secrets,
  sessionId: z
    .uuid()
    .optional()
    .describe('the saved session that is edited: keys that are not sent are its own'),
};

/** Body of a test: the fields of a session that is not saved. */
export const sessionTestSchema = z
  .discriminatedUnion('type', [
    awsIamUserFieldsSchema.extend(forTest).meta({ id: 'AwsIamUserTest' }),
    awsIamRoleFederatedFieldsSchema.extend(forTest).meta({ id: 'AwsIamRoleFederatedTest' }),
    awsIamRoleChainedFieldsSchema.extend(forTest).meta({ id: 'AwsIamRoleChainedTest' }),
    awsSsoRoleFieldsSchema.extend(forTest).meta({ id: 'AwsSsoRoleTest' }),
    azureFieldsSchema.extend(forTest).meta({ id: 'AzureTest' }),
  ])
  .meta({ id: 'SessionTest' });

/** A client may send back everything it has read: the fields that Stint keeps are ignored. */
const sentBack = Object.fromEntries(
  keptFieldNames.map((name) => [name, z.unknown().optional().describe('ignored')]),
);
const forAll = { ...sentBack, ...secrets };

/** Body of PUT: all fields of a session; what it omits is removed. */
export const sessionReplacementSchema = z
  .discriminatedUnion('type', [
    awsIamUserFieldsSchema.extend(forAll).meta({ id: 'AwsIamUserReplacement' }),
    awsIamRoleFederatedFieldsSchema.extend(forAll).meta({ id: 'AwsIamRoleFederatedReplacement' }),
    awsIamRoleChainedFieldsSchema.extend(forAll).meta({ id: 'AwsIamRoleChainedReplacement' }),
    awsSsoRoleFieldsSchema.extend(forAll).meta({ id: 'AwsSsoRoleReplacement' }),
    azureFieldsSchema.extend(forAll).meta({ id: 'AzureReplacement' }),
  ])
  .meta({ id: 'SessionReplacement' });

/** No resource has as many. */
const mostFields = 100;

/** Body of PATCH: the fields of a session to change. They are checked once they are merged. */
export const sessionPatchSchema = z
  .record(z.string(), z.unknown(), { error: notAPatch })
  .refine((patch) => Object.keys(patch).length <= mostFields, {
    error: `must have at most ${mostFields} fields`,
  })
  .describe('JSON merge patch (RFC 7396) on the fields of the session; null removes a field')
  .meta({ id: 'SessionPatch' });
