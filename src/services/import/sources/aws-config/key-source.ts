import type { SessionSecrets } from '../../../../models/session-fields.ts';
import type { Profile } from './profiles.ts';

/** Where a profile's own credentials come from; `reason`: why Stint has no such session. */
export type KeySource =
  | { readonly kind: 'keys'; readonly keys: SessionSecrets }
  | { readonly kind: 'sso' }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * In botocore's order (`ProfileProviderBuilder.providers`): web identity, SSO, keys of the shared
 * files, sign-in of `aws login`, program.
 */
export function keySources({ settings }: Profile): KeySource {
  const none = (reason: string): KeySource => ({ kind: 'none', reason });
  if (settings.has('web_identity_token_file')) {
    return none(
      'It signs in with a token from a file (web_identity_token_file), as workloads do. It stays in the file.',
    );
  }
  if (['sso_session', 'sso_start_url', 'sso_account_id'].some((name) => settings.has(name))) {
    return { kind: 'sso' };
  }
  const accessKeyId = settings.get('aws_access_key_id');
  const secretAccessKey = settings.get('aws_secret_access_key');
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return settings.has('aws_session_token')
      ? none(
          'It has temporary keys (aws_session_token), which expire. Import what issues them instead.',
        )
      : { kind: 'keys', keys: { accessKeyId, secretAccessKey } };
  }
  if (accessKeyId !== undefined)
    return none('It has an access key id without a secret access key.');
  if (settings.has('login_session')) {
    return none('The AWS CLI signs in for it (aws login). Stint does not touch it.');
  }
  if (settings.has('credential_process')) {
    return none(
      'It runs a program (credential_process), which is never imported. Add the account that the program signs in to: stint session add',
    );
  }
  return none('It has no credentials, only settings, which stay in the file.');
}
