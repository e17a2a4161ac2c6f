import { z } from 'zod';
import { awsDeliverySchema } from './delivery.ts';
import { regionSchema } from './session-fields.ts';

const path = z.string().min(1).max(4096);
const url = z.url({ protocol: /^https?$/ });
/** Azure's libraries refuse any other. */
const secureUrl = z.url({ protocol: /^https$/, error: 'must be an https address' });
/** The workspace holds no secret, and a proxy's password is one. */
const proxy = url.refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), {
  error: 'may hold no user or password: leave it to HTTPS_PROXY in the environment of the agent',
});

/**
 * What the user can choose. File places and endpoints are taken from the environment when the
 * workspace is first made, so that a background agent serves the shells it was meant for.
 */
export const settingsSchema = z.object({
  defaultRegion: regionSchema.default('us-east-1'),
  /** Of Azure. */
  defaultLocation: regionSchema.default('eastus'),
  defaultDelivery: awsDeliverySchema.default('credentials-file'),
  /** What happens to running sessions when Stint quits. */
  onQuit: z.enum(['stop-sessions', 'keep-sessions']).default('stop-sessions'),
  awsCredentialsFile: path.describe('AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials'),
  awsConfigFile: path.describe('AWS_CONFIG_FILE, else ~/.aws/config'),
  azureConfigDir: path.describe('AZURE_CONFIG_DIR, else ~/.azure'),
  awsEndpointUrl: url.optional().describe('AWS_ENDPOINT_URL'),
  awsStsEndpointUrl: url.optional().describe('AWS_ENDPOINT_URL_STS'),
  awsSsoEndpointUrl: url.optional().describe('AWS_ENDPOINT_URL_SSO'),
  awsSsoOidcEndpointUrl: url.optional().describe('AWS_ENDPOINT_URL_SSO_OIDC'),
  azureAuthorityHost: secureUrl.optional().describe('AZURE_AUTHORITY_HOST'),
  azureResourceManagerUrl: secureUrl
    .optional()
    .describe('of a private cloud; known for Microsoft’s own'),
  httpProxy: proxy.optional().describe('HTTP_PROXY'),
  httpsProxy: proxy.optional().describe('HTTPS_PROXY'),
  noProxy: z.string().min(1).max(4096).optional().describe('NO_PROXY'),
  caBundle: path
    .optional()
    .describe('AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: certificates trusted beside the usual ones'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** JSON merge patch (RFC 7396): null takes an optional setting away. */
export const settingsPatchSchema = z
  .strictObject({
    ...settingsSchema.shape,
    awsEndpointUrl: url.nullable(),
    awsStsEndpointUrl: url.nullable(),
    awsSsoEndpointUrl: url.nullable(),
    awsSsoOidcEndpointUrl: url.nullable(),
    azureAuthorityHost: secureUrl.nullable(),
    azureResourceManagerUrl: secureUrl.nullable(),
    httpProxy: proxy.nullable(),
    httpsProxy: proxy.nullable(),
    noProxy: z.string().min(1).max(4096).nullable(),
    caBundle: path.nullable(),
    defaultRegion: regionSchema,
    defaultLocation: regionSchema,
    defaultDelivery: awsDeliverySchema,
    onQuit: z.enum(['stop-sessions', 'keep-sessions']),
  })
  .partial();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
