import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { passphrase, scratchVault } from '../../support/scratch-vault.ts';
import { isCampaign } from '../../support/campaign.ts';

test('a vault whose writer is killed opens, with everything that was said to be kept', async () => {
  const scratch = await scratchVault();
  const program = `
    import { openVault } from './src/services/vault/vault.ts';
    const [file, passphrase] = process.argv.slice(1);
    const vault = await openVault({ file, method: 'passphrase', passphrase, keychain: {} });
    for (;;) {
      const next = Number((await vault.get('counter')) ?? 0) + 1;
      await vault.set('counter', String(next));
      process.stdout.write(next + '\\n');
    }`;
  let kept = 0;
  for (let round = 0; round < (isCampaign ? 5 : 2); round += 1) {
    const child = spawn(
      process.execPath,
      ['--input-type=module-typescript', '-e', program, scratch.file, passphrase],
      {
        cwd: fileURLToPath(new URL('../../..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.split('\n').length > 3 * round + 2) child.kill('SIGKILL');
    });
    await once(child, 'close');
    kept = Math.max(kept, ...printed.split('\n').slice(0, -1).map(Number));
    const counter = Number(await (await scratch.open()).get('counter'));
    expect([kept, kept + 1]).toContain(counter);
    kept = counter;
  }
});
