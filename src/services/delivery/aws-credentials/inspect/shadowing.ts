import { fromLatin1 } from '../file/latin1.ts';
import { settingsIn } from '../file/section.ts';
import type { AwsFile, Section } from '../file/parse.ts';
import type { Finding } from '../../delivery.ts';

/**
 * Settings of the same profile in the config file that tools follow before they look at the keys in
 * the credentials file: botocore's order is assume-role, web identity, SSO, credentials file; the
 * AWS SDK for JavaScript agrees on assume-role. `credential_process` and keys in the config file
 * lose to the credentials file in both.
 */
export function shadowFindings(
  config: AwsFile,
  configFile: string,
  profileName: string,
): readonly Finding[] {
  return config.sections
    .filter((section) => section.names.some((name) => profileOf(fromLatin1(name)) === profileName))
    .flatMap((section) => {
      const keys = new Set(settingsIn(config, section).keys());
      const winner = winnerAmong(keys);
      if (winner === undefined) return [];
      const lines = winner.keys
        .filter((key) => keys.has(key))
        .map((key) => `${key} (line ${lineOf(config, section, key)})`);
      return [
        {
          code: 'shadowed' as const,
          message: `Profile ${profileName} in ${configFile} has ${lines.join(', ')}: ${winner.tools} ${winner.act} instead of using the session's keys.`,
          next: `Give the session another profile name, or rename section [${fromLatin1(section.names[0] ?? '')}] in line ${section.from + 1} of ${configFile}.`,
        },
      ];
    });
}

interface Winner {
  readonly keys: readonly string[];
  readonly tools: string;
  readonly act: string;
}

function winnerAmong(keys: ReadonlySet<string>): Winner | undefined {
  const botocore = 'the AWS CLI and botocore';
  if (keys.has('web_identity_token_file')) {
    const act = 'sign in with that token file';
    return { keys: ['role_arn', 'web_identity_token_file'], tools: botocore, act };
  }
  const source = ['source_profile', 'credential_source'].filter((key) => keys.has(key));
  if (keys.has('role_arn')) {
    return source.length > 0
      ? { keys: ['role_arn', ...source], tools: 'tools', act: 'assume that role' }
      : { keys: ['role_arn'], tools: botocore, act: 'refuse the profile' };
  }
  if (keys.has('sso_account_id') || keys.has('sso_role_name')) {
    const sso = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_role_name'];
    return { keys: sso, tools: botocore, act: 'sign in through SSO' };
  }
  return undefined;
}

/** The profile a config section is about: `[default]`, `[profile NAME]`, `[profile "NAME"]`. */
function profileOf(header: string): string | undefined {
  if (header.trim() === 'default') return 'default';
  const name = /^\s*profile\s+(.*?)\s*$/s.exec(header)?.[1];
  return name?.replace(/^(["'])(.*)\1$/s, '$2');
}

function lineOf({ lines }: AwsFile, { from, to }: Section, key: string): number {
  return lines.slice(from, to).findIndex((line) => line.key === key) + from + 1;
}
