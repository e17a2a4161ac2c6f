import { chmod } from 'node:fs/promises';
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
    expect(stdout).toContain('→ Unlock it: stint prompt answer');
  });

  it('reports an agent that cannot start', async () => {
    const { code, stdout } = await computer.stint(['doctor'], {
      env: { STINT_SECRETS: 'sticky-note' },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem The agent could not be started: STINT_SECRETS/m);
  });
});
