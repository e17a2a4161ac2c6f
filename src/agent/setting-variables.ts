import { settingsSchema, type Settings } from '../models/settings.ts';

/** Settings whose values are checked one by one, with the variables they come from, the first wins. */
type Variables = Readonly<Partial<Record<keyof Settings, readonly string[]>>>;

/**
 * The settings that variables give. An unusable value is ignored, with a sentence that names the
 * variable: a variable meant for another tool must not keep Stint from starting.
 */
export function readSettingVariables(
  variables: Variables,
  env: NodeJS.ProcessEnv,
): { readonly usable: Partial<Settings>; readonly warnings: readonly string[] } {
  const usable: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const [setting, names] of Object.entries(variables)) {
    const name = names.find((one) => env[one]?.trim());
    if (name === undefined) continue;
    const schema = settingsSchema.shape[setting as keyof Settings];
    const parsed = schema.safeParse(inUsualForm(setting, env[name]?.trim() ?? ''));
    if (parsed.success) usable[setting] = parsed.data;
    else warnings.push(`${name} is set to a value that Stint cannot use. Stint ignores it.`);
  }
  return { usable, warnings };
}

const switches: ReadonlySet<string> = new Set(['awsUseFipsEndpoint', 'awsUseDualstackEndpoint']);

/** The two that AWS SDKs take, in any case. */
const switchValues: Readonly<Record<string, boolean>> = { true: true, false: false };

/**
 * azure-identity for Python adds `https://` to an AZURE_AUTHORITY_HOST without a scheme
 * (`normalize_authority`). Regions are compared in lower case.
 */
function inUsualForm(setting: string, value: string): string | boolean {
  if (switches.has(setting)) return switchValues[value.toLowerCase()] ?? value;
  if (setting === 'azureAuthorityHost' && !value.includes('://')) return `https://${value}`;
  return setting === 'defaultRegion' ? value.toLowerCase() : value;
}
