import { blankInJavaScript, headerNames } from '../../models/aws-file-line.ts';
import { defaultSettings } from './default-settings.ts';

/*
 * SDKs use the container endpoint only if the profile in use supplies no credentials. A `[default]`
 * section with keys would win over it. So each program gets its own profile, with the settings of
 * `[default]` but nothing that leads to credentials, in a copy of the config file: all other profiles
 * stay usable.
 */

/** AWS SDKs and Tools Reference Guide, "Settings reference": settings that lead to credentials. */
const leadsToCredentials =
  /^(aws_(access_key_id|secret_access_key|session_token|security_token|account_id|credential_scope)|role_arn|source_profile|credential_source|external_id|mfa_serial|role_session_name|duration_seconds|web_identity_token_file|sso_\w+|credential_process|login_session|region)$/;

/** Settings that an endpoint of the session's own does not go with; botocore refuses the first two beside one. */
const leadsAroundEndpoint = [
  'use_fips_endpoint',
  'use_dualstack_endpoint',
  'ignore_configured_endpoint_urls',
];

/** Everything after it is ours, and ignored if such a file is read as the user's. */
const ownMarker = '# Made by Stint for one program. Everything above is your own file.';

/** The config file (bytes as latin1) for a program, and its profile. */
export function configWithOwnProfile(options: {
  readonly sessionName: string;
  readonly region: string;
  /** The user's own files, '' if there is none. */
  readonly config: string;
  readonly credentials: string;
  /** The line for the setting of that name; without it the profile leads to no credentials. */
  readonly credentialProcess?: string | undefined;
  /** The session has its own endpoint, which the environment names. */
  readonly hasEndpoint?: boolean;
}): { readonly profile: string; readonly config: string } {
  const { credentials, region, credentialProcess, hasEndpoint = false } = options;
  const [config = ''] = options.config.split(ownMarker);
  const taken = new Set([...profilesOf(config), ...profilesOf(credentials)]);
  const wanted = `stint-${safe(options.sessionName)}`;
  let profile = wanted;
  for (let suffix = 2; taken.has(profile); suffix += 1) profile = `${wanted}-${suffix}`;
  const own = [
    ownMarker,
    `[profile ${profile}]`,
    `region = ${region}`,
    ...(credentialProcess === undefined ? [] : [`credential_process = ${credentialProcess}`]),
    ...defaultSettings(
      config,
      (key) => !leadsToCredentials.test(key) && !(hasEndpoint && leadsAroundEndpoint.includes(key)),
    ),
  ];
  const before = config === '' || config.endsWith('\n') ? config : `${config}\n`;
  return { profile, config: `${before}${own.join('\n')}\n` };
}

/** A name that every SDK accepts in a header without quotes. */
function safe(sessionName: string): string {
  const plain = sessionName.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return (
    plain
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '')
      .slice(0, 100) || 'session'
  );
}

const profilePrefix = new RegExp(`^profile(?:${blankInJavaScript})+`);

/** As either reader knows them: `[name]`, `[profile name]`, `[profile "name"]`. */
function profilesOf(text: string): readonly string[] {
  return text
    .replace(/^\xef\xbb\xbf/, '')
    .split(/\r\n|\n|\r/)
    .flatMap(headerNames)
    .map((name) =>
      name
        .trim()
        .replace(profilePrefix, '')
        .replace(/^(["'])(.*)\1$/, '$2'),
    );
}
