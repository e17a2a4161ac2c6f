import { describe, expect, it } from 'vitest';
import { errorText } from '../../../src/cli/failure.ts';
import { refuseSecretsIn } from '../../../src/cli/arguments/refused-flags.ts';

describe('secrets as arguments', () => {
  it.each([
    ['--secret-access-key', 'hunter2hunter2hunter2'],
    ['--secret-access-key=hunter2hunter2hunter2'],
    ['--access-key-id=hunter2hunter2hunter2'],
    ['--access-key', 'hunter2hunter2hunter2'],
    ['--session-token=hunter2hunter2hunter2'],
    ['--client-secret', 'hunter2hunter2hunter2'],
    ['--passphrase=hunter2hunter2hunter2'],
    ['--password', 'hunter2hunter2hunter2'],
    ['--mfa-code=hunter2hunter2hunter2'],
  ])('are refused as a usage error, without repeating them: %s', (...argv) => {
    const refused = catching(() => refuseSecretsIn(['session', 'add', ...argv]));
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(errorText(refused)).not.toContain('hunter2');
    expect(errorText(refused)).toContain('--from-json -');
  });

  it('are not what other flags hold', () => {
    refuseSecretsIn(['session', 'edit', 'x', '--access-keys', '--token-seconds', '900']);
  });

  it('are not looked for in what belongs to another program', () => {
    refuseSecretsIn(['exec', 'x', '--', 'mysql', '--password=y']);
  });
});

function catching(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused.');
}
