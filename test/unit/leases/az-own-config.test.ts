import { describe, expect, it } from 'vitest';
import { ownAzConfig } from '../../../src/services/leases/az-own-config.ts';

describe('the settings of az in a folder of Stint’s', () => {
  it('name the cloud and the plain cache where the user has none', () => {
    expect(ownAzConfig('', 'AzureCloud')).toBe(
      '[cloud]\nname = AzureCloud\n[core]\nencrypt_token_cache = false\n',
    );
  });

  it('are the user’s in everything else, and have each option once', () => {
    const users = [
      '\ufeff# mine',
      '[core]',
      'output = table',
      'Encrypt_Token_Cache: true',
      '  and more of it',
      'only_show_errors = yes',
      '',
      '[cloud]',
      'name = AzureUSGovernment',
      '[defaults]',
      'name = stays',
      'group = rg',
      '',
    ].join('\r\n');
    expect(ownAzConfig(users, 'AzureCloud').split('\n')).toEqual([
      '# mine',
      '[core]',
      'encrypt_token_cache = false',
      'output = table',
      'only_show_errors = yes',
      '',
      '[cloud]',
      'name = AzureCloud',
      '[defaults]',
      'name = stays',
      'group = rg',
      '',
    ]);
  });
});
