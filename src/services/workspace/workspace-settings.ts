import { settingsSchema, type Settings } from '../../models/settings.ts';
import { expandLocation, isRelative } from '../settings/locations.ts';
import { applyChange } from './merge.ts';

type RawSettings = Readonly<Record<string, unknown>>;

export const settingNames: ReadonlySet<string> = new Set(Object.keys(settingsSchema.shape));

/** Files and endpoints, which are taken from the environment when the workspace is first made. */
const fromEnvironment = [
  'awsCredentialsFile',
  'awsConfigFile',
  'awsEndpointUrl',
  'awsStsEndpointUrl',
  'awsIamEndpointUrl',
  'awsSsoEndpointUrl',
  'awsSsoOidcEndpointUrl',
  'awsSigninEndpointUrl',
  'awsUseFipsEndpoint',
  'awsUseDualstackEndpoint',
  'azureConfigDir',
  'azureAuthorityHost',
  'azureResourceManagerUrl',
  'httpProxy',
  'httpsProxy',
  'noProxy',
  'caBundle',
  'azureCaBundle',
] as const satisfies readonly (keyof Settings)[];

/**
 * The settings in the file. One that is not valid counts as its default, with a
 * notice; it stays in the file.
 */
export function readSettings(
  raw: RawSettings,
  defaults: Settings,
): { readonly settings: Settings; readonly notices: readonly string[] } {
  const notices: string[] = [];
  const usable: Record<string, unknown> = {
    awsCredentialsFile: defaults.awsCredentialsFile,
    awsConfigFile: defaults.awsConfigFile,
    azureConfigDir: defaults.azureConfigDir,
  };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(raw, name)) continue;
    const parsed = schema.safeParse(expandLocation(name, raw[name]));
    if (parsed.success && !isRelative(name, parsed.data)) usable[name] = parsed.data;
    else {
      notices.push(`The setting ${name} in the workspace is not valid; its default is used.`);
    }
  }
  return { settings: settingsSchema.parse(usable), notices };
}

/** `settings` with files and endpoints from the environment. */
export function withEnvironmentOf(settings: Settings, environment: Settings): Settings {
  const result: Record<string, unknown> = { ...settings };
  for (const name of fromEnvironment) {
    if (environment[name] === undefined) Reflect.deleteProperty(result, name);
    else result[name] = environment[name];
  }
  return result as Settings;
}

/** `current` with what changed from `before` to `after`. */
export function changedSettings<T extends RawSettings>(
  current: T,
  before: Settings,
  after: Settings,
): T {
  return applyChange(current, before, after, settingNames) as T;
}
