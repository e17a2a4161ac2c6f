import { chmod, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

describe('stint doctor', () => {
  const computer = computerForEachTest();

  it('finds no problem on a healthy computer, and ends with 0', async () => {
    const { code, stdout } = await computer.stint(['doctor']);
    expect(stdout).toMatch(/^ok +Node \d+/m);
    expect(stdout).toMatch(/^ok +Home .*, readable only by you$/m);
    expect(stdout).toMatch(/^ok +Agent \d+\.\d+\.\d+, pid \d+$/m);
    expect(stdout).toMatch(/^ok +Workspace with 0 sessions$/m);
    expect(stdout).not.toMatch(/^problem/m);
    expect(code).toBe(0);
  });

  it('says where this shell bypasses the sessions, how to fix it, and no secret', async () => {
    await computer.stint(['agent', 'start']);
    const { code, stdout } = await computer.stint(['doctor'], {
      env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_CONFIG_FILE: '/elsewhere/config' },
    });
    expect(code).toBe(1);
    expect(stdout).toContain('→ Remove them here: unset AWS_ACCESS_KEY_ID');
    expect(stdout).toMatch(/^problem .*\/elsewhere\/config/m);
    expect(stdout).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });

  it('names a file of the home that other users can read', async () => {
    await computer.stint(['agent', 'start']);
    const workspace = join(computer.scratch.home, 'secrets.vault');
    await chmod(workspace, 0o644);
    const { stdout } = await computer.stint(['doctor', '--json']);
    const { findings } = JSON.parse(stdout) as { findings: { level: string; fix?: string }[] };
    expect(findings.filter(({ level }) => level === 'problem')).toMatchObject([
      { fix: `Protect it: chmod 600 ${workspace}` },
    ]);
  });

  it('says how to unlock a locked vault', async () => {
    await computer.stint(['agent', 'start']);
    await computer.stint(['agent', 'stop']);
    const { code, stdout } = await computer.stint(['doctor'], { env: { STINT_PASSPHRASE: '' } });
    expect(code).toBe(1);
    expect(stdout).toContain('→ Unlock it: stint unlock');
  });

  it('names a damaged vault and the version before, and puts that back on demand', async () => {
    await computer.addUser('anna');
    await computer.stint(['agent', 'stop']);
    const vault = join(computer.scratch.home, 'secrets.vault');
    await truncate(vault, 10);
    const found = await computer.stint(['doctor']);
    expect(found.code).toBe(1);
    expect(found.stdout).toContain(`The vault ${vault} cannot be read: it is cut short or damaged`);
    expect(found.stdout).toMatch(/→ Restore the version of .*: stint doctor --restore-vault/);

    const restored = await computer.stint(['doctor', '--restore-vault']);
    expect(restored.stdout).toMatch(/^Restored the vault of \d{4}-\d\d-\d\d \d\d:\d\d\.$/m);
    expect(restored.stdout).toContain(`What was there is kept as ${vault}.set-aside-`);
    expect(restored.stdout).toContain('The vault is open');
    expect(restored.code).toBe(0);
    expect((await computer.stint(['doctor'])).code).toBe(0);
    const again = await computer.stint(['doctor', '--restore-vault']);
    expect(again.stderr).toContain('is not damaged, so it stays');
  });

  it('lists what Stint holds on this computer, and puts it back', async () => {
    await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    const found = await computer.stint(['doctor']);
    expect(found.stdout).toContain('What Stint holds on this machine');
    const [id = ''] = /^section-\w+/m.exec(found.stdout) ?? [];
    const refused = await computer.stint(['doctor', '--restore', id]);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    const restored = await computer.stint(['doctor', '--restore', id, '--yes', '--json']);
    expect(JSON.parse(restored.stdout)).toMatchObject([
      { id, restored: true, stopped: { sessionName: 'anna' }, leftovers: [] },
    ]);
    // Stint had made the file.
    await expect(computer.credentialsFile()).rejects.toThrow('ENOENT');
    expect((await computer.stint(['doctor', '--restore', '--all', '--yes'])).code).toBe(0);
    expect((await computer.stint(['doctor', '--restore', id, '--yes'])).code).toBe(0);
  });

  it('reports an agent that cannot start', async () => {
    const { code, stdout } = await computer.stint(['doctor'], {
      env: { STINT_SECRETS: 'sticky-note' },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem The agent could not be started: STINT_SECRETS/m);
  });
});
