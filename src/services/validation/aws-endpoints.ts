import type { FieldErrorInput } from '../../models/problem.ts';
import type { Settings, SettingsPatch } from '../../models/settings.ts';

/** Settings with a URL of one's own for AWS. */
export const awsEndpointSettings = [
  'awsEndpointUrl',
  'awsStsEndpointUrl',
  'awsIamEndpointUrl',
  'awsSsoEndpointUrl',
  'awsSsoOidcEndpointUrl',
] as const satisfies readonly (keyof Settings)[];

/** Settings that choose a variant of AWS's own endpoints. */
export const awsVariantSettings = [
  'awsUseFipsEndpoint',
  'awsUseDualstackEndpoint',
] as const satisfies readonly (keyof Settings)[];

/**
 * An endpoint URL has no FIPS or dual-stack form (AWS SDKs and Tools Reference Guide, "Dual-stack and
 * FIPS endpoints"). Settings that `patch` does not concern keep nobody from changing others.
 */
export function endpointErrors(
  settings: Settings,
  patch: SettingsPatch,
): readonly FieldErrorInput[] {
  const url = awsEndpointSettings.find((name) => settings[name] !== undefined);
  const variant = awsVariantSettings.find((name) => settings[name]);
  if (url === undefined || variant === undefined) return [];
  const changed = [url, variant].find((name) => patch[name] !== undefined);
  if (changed === undefined) return [];
  const other = changed === url ? variant : url;
  return [
    {
      field: changed,
      message: `cannot be set together with ${other}: an endpoint URL has no such variant`,
    },
  ];
}
