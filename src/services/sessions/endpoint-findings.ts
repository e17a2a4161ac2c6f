import { endpointUrlOf } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { Finding } from '../delivery/delivery.ts';
import { parseCallerEnvironment } from '../delivery/shared/caller-environment.ts';

/** Settings and the variables they were taken from when the workspace was first made. */
const pairs = [
  ['awsEndpointUrl', 'AWS_ENDPOINT_URL'],
  ['awsStsEndpointUrl', 'AWS_ENDPOINT_URL_STS'],
  ['awsSsoEndpointUrl', 'AWS_ENDPOINT_URL_SSO'],
  ['awsSsoOidcEndpointUrl', 'AWS_ENDPOINT_URL_SSO_OIDC'],
] as const satisfies readonly (readonly [keyof Settings, string])[];

/**
 * Where Stint signs in elsewhere than the tools of the caller's shell: a LocalStack shell leaves its
 * endpoint in the settings, and every later shell would be served by it. Undefined `callerEnvironment`:
 * no shell asked.
 */
export function endpointFindings(
  session: Session,
  settings: Settings,
  callerEnvironment: readonly string[] | undefined,
): readonly Finding[] {
  if (session.type === 'azure' || callerEnvironment === undefined) return [];
  const shell = parseCallerEnvironment(callerEnvironment);
  const endpointUrl = endpointUrlOf(session);
  if (endpointUrl !== undefined) return shadowedEndpoint(endpointUrl, shell);
  for (const [setting, variable] of pairs) {
    const ours = settings[setting];
    const theirs = shell.get(variable);
    if (shell.has(variable) && theirs === undefined) continue;
    if (same(ours, theirs)) continue;
    const next =
      theirs === undefined
        ? `If Stint is wrong: stint settings unset ${setting}. If this shell is: export ${variable}=${String(ours)}`
        : `If this shell is right: stint settings set ${setting} ${theirs}. If it is wrong: unset ${variable}`;
    const message =
      ours === undefined
        ? `${variable} is ${String(theirs)} in your shell, but Stint signs in at AWS: tools in that shell present AWS's credentials there.`
        : `Stint signs in at ${ours} (setting ${setting}), but ${variable} is ${theirs ?? 'not set'} in your shell: tools there do not know these credentials.`;
    return [{ code: 'endpoint', message, next }];
  }
  return [];
}

/** A variable beats `endpoint_url` of the profile. */
function shadowedEndpoint(
  endpointUrl: string,
  shell: ReadonlyMap<string, string | undefined>,
): readonly Finding[] {
  const variable = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_STS'].find(
    (name) => shell.get(name) !== undefined && !same(shell.get(name), endpointUrl),
  );
  if (variable === undefined) return [];
  return [
    {
      code: 'endpoint',
      message: `The session uses ${endpointUrl}, but ${variable} is ${String(shell.get(variable))} in your shell: tools there do not know these credentials.`,
      next: `Remove it: unset ${variable}`,
    },
  ];
}

function same(one: string | undefined, other: string | undefined): boolean {
  const normal = (url: string | undefined) => URL.parse(url ?? '')?.href ?? url;
  return normal(one) === normal(other);
}
