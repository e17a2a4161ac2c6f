import * as z from 'zod';
import { resourceListSchema } from './azure-resources.ts';
import { consoleBrowsers } from './console-browser.ts';
import { awsDeliverySchema } from './delivery.ts';
import { environmentRulesSchema, usualEnvironmentRules } from './environment-rules.ts';
import { defaultProfileTemplate, profileTemplateSchema } from './profile-template.ts';
import { limitsSchema, regionSchema, stsNameSchema } from './session-fields.ts';
import { httpsUrlSchema, httpUrlSchema, proxyUrlSchema } from './url.ts';

/** Absolute; `~` and `$HOME` at its beginning are expanded when it is set. */
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
  profileNameTemplate: profileTemplateSchema
    .default(defaultProfileTemplate)
    .describe(
      'what new profiles are named after: {session}, {account}, {accountId}, {role}, {integration}',
    ),
  environmentRules: environmentRulesSchema
    .default([...usualEnvironmentRules])
    .describe(
      'environments of sessions that have none of their own: the first rule that matches decides',
    ),
  onQuit: z
    .enum(['stop-sessions', 'keep-sessions'])
    .default('stop-sessions')
    .describe('what happens to active sessions when Stint quits'),
  renewAfterExpiryHours: z
    .int()
    .min(0)
    .max(168)
    .default(12)
    .describe(
      'hours for which Stint tries to renew credentials that have expired; then the session ends',
    ),
  defaultMaxSessionSeconds: limitsSchema.shape.maxSessionSeconds.describe(
    'maximum duration of a run, in seconds, for sessions that have none',
  ),
  defaultIdleSeconds: limitsSchema.shape.idleSeconds.describe(
    'idle limit, in seconds, for sessions that have none and whose readers Stint can see: endpoint-only and credential-process',
  ),
  maxExtendedSeconds: z
    .int()
    .min(60)
    .max(31_536_000)
    .default(7 * 86_400)
    .describe('the longest a run may last in all once it is extended, in seconds'),
  limitWarningMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(5)
    .describe('minutes before the end of a run at which Stint warns; 0 for no warning'),
  onLock: z
    .enum(['keep-sessions', 'stop-sessions'])
    .default('keep-sessions')
    .describe('what happens to active sessions when the vault is locked'),
  lockAfterIdleMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .optional()
    .describe(
      'minutes without a command or a click after which the vault is locked; never if not set',
    ),
  onScreenLock: z
    .enum(['keep-sessions', 'lock-vault', 'stop-sessions'])
    .default('keep-sessions')
    .describe('what the desktop app does when the screen is locked; on Linux with dbus-monitor'),
  openAtLogin: z
    .boolean()
    .default(false)
    .describe('whether the desktop app starts, in the tray, when you log in to this machine'),
  checkForUpdates: z
    .boolean()
    .default(true)
    .describe('whether Stint looks once a day for a newer release while you use its window'),
  awsCredentialsFile: path.describe('AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials'),
  awsConfigFile: path.describe('AWS_CONFIG_FILE, else ~/.aws/config'),
  azureConfigDir: path.describe('AZURE_CONFIG_DIR, else ~/.azure'),
  awsFileWrites: z
    .enum(['replace', 'in-place'])
    .default('replace')
    .describe(
      'how AWS files change: a new file each time, or in place for bind mounts of containers',
    ),
  awsEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL'),
  awsStsEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_STS'),
  awsIamEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_IAM'),
  awsSsoEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_SSO'),
  awsSsoOidcEndpointUrl: httpUrlSchema.optional().describe('AWS_ENDPOINT_URL_SSO_OIDC'),
  awsSigninEndpointUrl: httpUrlSchema
    .optional()
    .describe('AWS_ENDPOINT_URL_SIGNIN: where the web console is signed in to'),
  awsUseFipsEndpoint: z
    .boolean()
    .optional()
    .describe(
      'AWS_USE_FIPS_ENDPOINT: endpoints with FIPS 140 cryptography, for STS and Identity Center',
    ),
  awsUseDualstackEndpoint: z
    .boolean()
    .optional()
    .describe('AWS_USE_DUALSTACK_ENDPOINT: endpoints with IPv6, for STS and Identity Center'),
  azureAuthorityHost: httpsUrlSchema.optional().describe('AZURE_AUTHORITY_HOST'),
  azureResourceManagerUrl: httpsUrlSchema
    .optional()
    .describe('Resource Manager of a private cloud; Microsoft’s own clouds are known'),
  azurePortalUrl: httpsUrlSchema
    .optional()
    .describe('web portal of a private cloud; Microsoft’s own clouds are known'),
  azureResources: resourceListSchema
    .optional()
    .describe('more resources, separated by commas, whose tokens az gets beside the usual ones'),
  consoleBrowser: z
    .enum(consoleBrowsers)
    .default('default')
    .describe(
      'what opens web consoles: your usual browser, or a Chrome profile or Firefox container per session',
    ),
  archivedDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe(
      'days after which an archived session is removed with its secrets; it is kept if not set',
    ),
  deleteOldKeyAfterDays: z
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe(
      'days after which the old access key of an IAM user is deleted once it is rotated; only `--finish` deletes it if not set',
    ),
  tokenKeyDays: z
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe('days after which client tokens are signed with a new key; earlier ones stay valid'),
  roleSessionPerson: stsNameSchema
    .optional()
    .describe(
      'you in CloudTrail: role session names of chained roles that have none begin with it; your user name if not set',
    ),
  httpProxy: proxyUrlSchema.optional().describe('HTTP_PROXY'),
  httpsProxy: proxyUrlSchema.optional().describe('HTTPS_PROXY'),
  noProxy: z.string().min(1).max(4096).optional().describe('NO_PROXY'),
  caBundle: path
    .optional()
    .describe('AWS_CA_BUNDLE or REQUESTS_CA_BUNDLE: extra certificates to trust, a file or folder'),
  azureCaBundle: path
    .optional()
    .describe('REQUESTS_CA_BUNDLE beside another AWS_CA_BUNDLE: the certificates for Azure'),
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
