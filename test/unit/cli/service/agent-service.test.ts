import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installService, uninstallService } from '../../../../src/cli/service/agent-service.ts';

const canVerify = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('the service of a user', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stint-service-'));
    env = { HOME: folder, PATH: join(folder, 'bin'), STINT_HOME: '~/of "100%" $HOME' };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const program = ['/bin/sh', '/opt/of "100%" $x/stint.cjs'];
  const linux = { program, platform: 'linux' } as const;
  const unitFile = () => join(folder, '.config', 'systemd', 'user', 'stint.service');

  /** A program that writes down how it is called, and ends with `code`. */
  async function fake(name: string, code: number): Promise<() => Promise<string>> {
    const log = join(folder, 'calls');
    await mkdir(join(folder, 'bin'), { recursive: true });
    const file = join(folder, 'bin', name);
    await writeFile(file, `#!/bin/sh\necho ${name} "$@" >> '${log}'\nexit ${code}\n`);
    await chmod(file, 0o755);
    return () => readFile(log, 'utf8');
  }

  it.runIf(process.platform !== 'win32')(
    'is enabled and started, and disabled again without stopping the agent',
    async () => {
      const calls = await fake('systemctl', 0);
      const installed = await installService({ ...linux, env, now: true });
      expect(installed).toEqual({ file: unitFile(), byHand: undefined });
      const removed = await uninstallService({ ...linux, env });
      expect(removed).toEqual({ file: unitFile(), byHand: undefined });
      await expect(readFile(unitFile())).rejects.toThrow('ENOENT');
      expect(await calls()).toBe(
        'systemctl --user daemon-reload\nsystemctl --user enable --now stint.service\n' +
          'systemctl --user disable stint.service\nsystemctl --user daemon-reload\n',
      );
    },
  );

  it('is written where no systemd answers, and what is left to do is said', async () => {
    const { byHand } = await installService({ ...linux, env, now: false });
    expect(byHand).toBe('systemctl --user daemon-reload && systemctl --user enable stint.service');
    expect(await readFile(unitFile(), 'utf8')).toContain('[Install]');
  });

  it('names the home in which it was installed, and never the passphrase', async () => {
    await installService({
      ...linux,
      env: { ...env, STINT_PASSPHRASE: 'hunter2', STINT_SECRETS: 'passphrase' },
      now: false,
    });
    const unit = await readFile(unitFile(), 'utf8');
    const home = `${folder}/of \\"100%%\\" ${folder}`;
    expect(unit).toContain(`\nEnvironment="STINT_HOME=${home}"\n`);
    expect(unit).toContain('\nEnvironment="STINT_SECRETS=passphrase"\n');
    expect(unit).toContain('\nEnvironment="MALLOC_MMAP_THRESHOLD_=131072"\n');
    expect(unit).toContain(
      String.raw`ExecStart=:"/bin/sh" "/opt/of \"100%%\" $x/stint.cjs" "agent"`,
    );
    expect(unit).not.toContain('hunter2');
  });

  it.runIf(canVerify)('is one that systemd accepts without a warning', async () => {
    await installService({ ...linux, env, now: false });
    const { status, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', '--user', '--man=no', unitFile()],
      { encoding: 'utf8', env: { ...process.env, XDG_RUNTIME_DIR: folder } },
    );
    expect(stderr.split('\n').filter((line) => line.includes('stint'))).toEqual([]);
    expect(status).toBe(0);
  });

  it('is a launchd agent on macOS, in XML that holds any path', async () => {
    const mac = { program: ['/Apps/A & <B>/node'], platform: 'darwin' } as const;
    const { file } = await installService({ ...mac, env, now: false });
    expect(file).toBe(join(folder, 'Library', 'LaunchAgents', 'stint.agent.plist'));
    expect(await readFile(file, 'utf8')).toContain(
      '<string>/Apps/A &amp; &lt;B&gt;/node</string>\n    <string>agent</string>',
    );
    await uninstallService({ ...mac, env });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('is refused on a system for which there is none, with another way', async () => {
    const windows = { program, platform: 'win32', env, now: false } as const;
    await expect(installService(windows)).rejects.toMatchObject({
      message: 'Stint cannot start its agent at login on this system.',
      next: expect.stringContaining('stint agent start') as string,
    });
  });
});
