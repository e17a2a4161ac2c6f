import { z } from 'zod';
import { awsDeliverySchema } from './delivery.ts';
import { regionSchema } from './session-fields.ts';
import { httpsUrlSchema, httpUrlSchema, proxyUrlSchema } from './url.ts';

const path = z.string().min(1).max(4096);

/**
 * What the user can choose. File locations and endpoints are taken from the environment when the
 * workspace is first made, so that a background agent serves the shells it was meant for.
 */
export const settingsSchema = z.object({
  defaultRegion: regionSchema.default('us-east-1').describe('region of new AWS sessions'),
  defaultLocation: regionSchema.default('eastus').describe('location of new Azure sessions'),
  defaultDelivery: awsDeliverySchema
    .default('credentials-file')
    .describe('delivery of AWS sessions that name none'),
  onQuit: z
    .enum(['stop-sessions', 'keep-sessions'])
    .default('stop-sessions')
    .describe('what happens to active sessions when Stint quits'),
  awsCredentialsFile: path.describe('AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials'),
  awsConfigFile: path.describe('AWS_CONFIG_FILE, else ~/.aws/config'),
  azureConfigDir: path.describe('AZURE_CONFIG_DIR, else ~/.azure'),
  awsEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL'),
  awsStsEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_STS'),
  awsSsoEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_SSO'),
  awsSsoOidcEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_SSO_OIDC'),
  azureAuthorityHost: httpsUrlSchema.optional().describe('AZURE_AUTHORITY_HOST'),
  azureResourceManagerUrl: httpsUrlSchema
    .optional()
    .describe('Resource Manager of a private cloud; Microsoft’s own clouds are known'),
  httpProxy: proxyUrlSchema.optional().describe('HTTP_PROXY'),
  httpsProxy: proxyUrlSchema.optional().describe('HTTPS_PROXY'),
  noProxy: z.string().min(1).max(4096).optional().describe('NO_PROXY'),
  caBundle: path
    .optional()
    .describe('AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: extra certificates to trust'),
});
export type Settings = z.infer<typeof settingsSchema>;

type Shape = typeof settingsSchema.shape;
/** A setting with a default takes a value; one without takes null too, which removes it. */
type PatchOf<S> =
  S extends z.ZodOptional<infer T extends z.ZodType>
    ? z.ZodNullable<T>
    : S extends z.ZodDefault<infer T extends z.ZodType>
      ? T
      : S;
type PatchShape = { [Name in keyof Shape]: z.ZodOptional<PatchOf<Shape[Name]> & z.ZodType> };

function patchOf(setting: Shape[keyof Shape]): z.ZodType {
  const inner =
    setting instanceof z.ZodOptional
      ? setting.unwrap().nullable()
      : setting instanceof z.ZodDefault
        ? setting.unwrap()
        : setting;
  const { description } = setting;
  return (description === undefined ? inner : inner.describe(description)).optional();
}

/** JSON merge patch (RFC 7396): null removes an optional setting. */
export const settingsPatchSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([name, setting]) => [name, patchOf(setting)]),
  ) as unknown as PatchShape,
);
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
