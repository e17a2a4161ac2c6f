import { fromLatin1, toLatin1 } from '../file/latin1.ts';
import { belongsTo } from '../ownership.ts';
import { settingsIn } from '../file/section.ts';
import type { AwsFile, Section } from '../file/parse.ts';
import type { AwsFileKind, Finding } from '../../delivery.ts';

/** What tools do instead of using the session, because of these settings. */
interface Winner {
  readonly keys: readonly string[];
  readonly tools: string;
  readonly act: string;
}

/**
 * Settings of the same profile in the other file that tools follow before they look at what the
 * session delivered. botocore's order is assume-role, web identity, SSO, keys in the credentials file,
 * `credential_process`, keys in the config file; the AWS SDK for JavaScript agrees on assume-role and
 * on keys. Both take a setting that is in both files from the credentials file.
 */
export function shadowFindings(
  other: { readonly file?: AwsFile; readonly path: string },
  session: {
    readonly kind: AwsFileKind;
    readonly sessionId: string;
    readonly profileName: string;
  },
): readonly Finding[] {
  const { file, path } = other;
  if (file === undefined) return [];
  const { kind, sessionId, profileName } = session;
  const profile = toLatin1(profileName);
  return file.sections
    .filter(({ profiles }) => profiles.includes(profile))
    .filter((section) => !belongsTo(file, section, sessionId))
    .flatMap((section) => {
      const keys = new Set(settingsIn(file, section).keys());
      const winner = winnerAmong(keys) ?? (kind === 'config' ? winnerOverProcess(keys) : undefined);
      if (winner === undefined) return [];
      const lines = winner.keys
        .filter((key) => keys.has(key))
        .map((key) => `${key} (line ${lineOf(file, section, key)})`);
      return [
        {
          code: 'shadowed' as const,
          message: `Profile ${profileName} in ${path} has ${lines.join(', ')}: ${winner.tools} ${winner.act} instead of using the session's keys.`,
          next: `Give the session another profile name, or rename section [${fromLatin1(section.names[0] ?? '')}] in line ${section.from + 1} of ${path}.`,
        },
      ];
    });
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

/** In the credentials file, of a session whose `credential_process` is in the config file. */
function winnerOverProcess(keys: ReadonlySet<string>): Winner | undefined {
  const own = ['aws_access_key_id', 'aws_secret_access_key'].filter((key) => keys.has(key));
  if (own.length > 0) return { keys: own, tools: 'tools', act: 'use these keys' };
  if (!keys.has('credential_process')) return undefined;
  return { keys: ['credential_process'], tools: 'tools', act: 'run that program' };
}

function lineOf({ lines }: AwsFile, { from, to }: Section, key: string): number {
  return lines.slice(from, to).findIndex((line) => line.key === key) + from + 1;
}
