import { describe, expect, it } from 'vitest';
import { configWithOwnProfile } from '../../../src/cli/lease/aws-config.ts';
import { toLatin1 } from '../../../src/services/delivery/aws-credentials/file/latin1.ts';

const make = (config: string, credentials = '', sessionName = 'prod / admin') =>
  configWithOwnProfile({ sessionName, region: 'eu-west-1', config, credentials });

describe('the config file of a program', () => {
  it('keeps the user’s own to the last byte, and adds its own profile below', () => {
    const own = '[profile a]\r\nregion = us-east-1\r\n; mine\n[sso-session b]\nsso_region=x';
    const { profile, config } = make(own);
    expect(profile).toBe('stint-prod-admin');
    expect(config.startsWith(`${own}\n`)).toBe(true);
    expect(
      config
        .slice(own.length + 1)
        .split('\n')
        .slice(1),
    ).toEqual(['[profile stint-prod-admin]', 'region = eu-west-1', '']);
  });

  it('has no FIPS or dual-stack setting beside an endpoint, which SDKs refuse together', () => {
    const config =
      '[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint=true\noutput = json\n';
    const own = (hasEndpoint: boolean) =>
      configWithOwnProfile({
        ...{ sessionName: 'local', region: 'eu-west-1', config, credentials: '', hasEndpoint },
      }).config.slice(config.length);
    expect(own(true)).not.toMatch(/use_/);
    expect(own(true)).toContain('output = json');
    expect(own(false).match(/use_\w+/g)).toEqual(['use_fips_endpoint', 'use_dualstack_endpoint']);
  });

  it('has the settings of [default], nested ones too, but nothing that leads to credentials', () => {
    const { config } = make(
      [
        '[default]',
        '# a comment',
        'region = us-west-2',
        'output = json',
        's3 =',
        '  max_concurrent_requests = 20',
        '  addressing_style = path',
        'AWS_ACCESS_KEY_ID = AKIAIOSFODNN7EXAMPLE',
        'aws_secret_access_key=x',
        'role_arn = arn:aws:iam::1:role/x',
        'sso_session = corp',
        'credential_process = /bin/x',
        'retry_mode: standard',
        '',
        '[profile other]',
        'output = text',
      ].join('\n'),
    );
    expect(config.slice(config.indexOf('[profile stint-')).split('\n')).toEqual([
      '[profile stint-prod-admin]',
      'region = eu-west-1',
      'output = json',
      's3 =',
      '  max_concurrent_requests = 20',
      '  addressing_style = path',
      'retry_mode: standard',
      '',
    ]);
  });

  it('names a profile that is in neither of the user’s files', () => {
    expect(make('[profile stint-prod-admin]\n', '[stint-prod-admin-2]\n').profile).toBe(
      'stint-prod-admin-3',
    );
    expect(make('', '', '漢字').profile).toBe('stint-session');
  });

  // Read as two profiles by botocore, and as one by the SDK for JavaScript, the user's keys included.
  it.each(['\v', '\f', '\u00a0', '\u2003', '\ufeff'])(
    'names no profile that the user has behind the blank %j',
    (blank) => {
      for (const name of ['stint-prod-admin', '"stint-prod-admin"']) {
        const own = toLatin1(`[profile${blank}${name}]\naws_access_key_id = x\n`);
        expect(make(own).profile).toBe('stint-prod-admin-2');
      }
    },
  );

  it.each(['\v', '\f', '\u00a0'])(
    'has no settings of a default profile behind the blank %j, which botocore does not know',
    (blank) => {
      const own = toLatin1(`[default]\noutput = json\n[profile${blank}default]\noutput = text\n`);
      const { config } = make(own);
      expect(config.slice(own.length)).toContain('output = json');
    },
  );

  it('has the settings of the default profile in each spelling of botocore’s', () => {
    for (const header of ['profile default', 'profile \t default', 'profile "default" ']) {
      expect(make(`[${header}]\noutput = text\n`).config.match(/output/g)).toHaveLength(2);
    }
  });

  it('made from one that was made before is no longer than that one', () => {
    const once = make('[default]\noutput = json\n');
    const twice = make(once.config);
    expect(twice).toEqual(once);
  });
});
