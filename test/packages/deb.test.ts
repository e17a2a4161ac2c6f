import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { packDeb } from '../../scripts/package/deb/deb.ts';
import { isCampaign } from '../support/campaign.ts';
import { canMakeBareRoot, makeBareRoot, type BareRoot } from './bare-root.ts';
import { buildNextVersion } from './next-version.ts';
import { environmentFor, installUpgradeRemove, report } from './install-upgrade-remove.ts';

const run = promisify(execFile);

describe.runIf(isCampaign && canMakeBareRoot())('the Debian package', () => {
  let scratch: string;
  let root: BareRoot;
  let cloud: PracticeCloud;
  let packages: readonly [string, string];

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'stint-debs-'));
    cloud = await startPracticeCloud();
    const first = await packDeb(scratch);
    packages = [first, await packDeb(scratch, await buildNextVersion(join(scratch, 'next')))];
    root = await makeBareRoot();
  }, 900_000);
  afterAll(async () => {
    await root.remove();
    await cloud.close();
    await rm(scratch, { recursive: true, force: true });
  });

  it('is installed, used, upgraded and purged in a bare Debian, and leaves only the home', async () => {
    const before = root.files();
    const [first, next] = packages;
    const install = async (file: string) => {
      await cp(file, join(root.folder, 'tmp', basename(file)));
      // What it needs beyond a bare Debian is part of the installation.
      await root.asRoot(
        'apt-get',
        'install',
        '-qq',
        '-y',
        '--no-install-recommends',
        `/tmp/${basename(file)}`,
      );
    };
    const times = await installUpgradeRemove(
      {
        home: root.home,
        stint: (args, input = '') =>
          root.asUser(['stint', ...args], { input, env: environmentFor(cloud) }),
        install: () => install(first),
        upgrade: () => install(next),
        async remove() {
          expect(await root.processes()).toContain('stint.cjs agent');
          await root.asRoot('dpkg', '--remove', 'stint');
          expect(await root.processes()).not.toContain('stint');
          await root.asRoot('dpkg', '--purge', 'stint');
        },
      },
      cloud,
    );
    expect([...root.files()].filter((file) => !before.has(file))).toEqual([]);
    expect((await stat(join(root.home, '.config', 'stint', 'workspace.json'))).isFile()).toBe(true);
    const { stdout } = await run('dpkg-deb', ['--field', first, 'Installed-Size']);
    report('Debian package', times, {
      'the package': (await stat(first)).size / 1e6,
      installed: Number(stdout) / 1000,
    });
  }, 900_000);

  it('has a unit, a desktop entry and completions that their readers accept', async () => {
    const files = join(scratch, 'files');
    await run('dpkg-deb', ['--extract', packages[0], files]);
    const usr = join(files, 'usr');
    const unit = join(usr, 'lib/systemd/user/stint.service');
    // It names /usr/bin/stint, which is not on this machine.
    await run('sed', ['-i', `s#/usr/bin/stint#${usr}/bin/stint#`, unit]);
    const verify = ['verify', '--user', '--man=no', unit];
    const env = { ...process.env, XDG_RUNTIME_DIR: scratch };
    const { stderr } = await run('systemd-analyze', verify, { env });
    expect(stderr.split('\n').filter((line) => line.includes('stint'))).toEqual([]);
    await run('bash', ['-n', join(usr, 'share/bash-completion/completions/stint')]);
    await run('zsh', ['-n', join(usr, 'share/zsh/vendor-completions/_stint')]);
    await run('fish', ['--no-execute', join(usr, 'share/fish/vendor_completions.d/stint.fish')]);
    await run('desktop-file-validate', [join(usr, 'share/applications/stint.desktop')]);
  }, 300_000);
});
