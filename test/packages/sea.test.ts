import { chmod, cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPracticeCloud, type PracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { packSea } from '../../scripts/package/sea.ts';
import { isCampaign } from '../support/campaign.ts';
import { canMakeBareRoot, makeBareRoot, type BareRoot } from './bare-root.ts';
import { buildNextVersion } from './next-version.ts';
import { environmentFor, installUpgradeRemove, report } from './install-upgrade-remove.ts';

const command = '/usr/local/bin/stint';

describe.runIf(isCampaign && canMakeBareRoot())('the single executable', () => {
  let scratch: string;
  let root: BareRoot;
  let cloud: PracticeCloud;
  let executables: readonly [string, string];

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'stint-seas-'));
    cloud = await startPracticeCloud();
    const first = await packSea(scratch);
    executables = [first, await packSea(scratch, await buildNextVersion(join(scratch, 'next')))];
    root = await makeBareRoot();
  }, 900_000);
  afterAll(async () => {
    await root.remove();
    await cloud.close();
    await rm(scratch, { recursive: true, force: true });
  });

  it('runs without Node, is replaced under a running agent, and leaves only the home', async () => {
    await root.asRoot('apt-get', 'install', '-qq', '-y', '--no-install-recommends', 'libstdc++6');
    const before = root.files();
    const [first, next] = executables;
    const target = join(root.folder, command);
    const put = async (file: string) => {
      // As `install` does: a running program cannot be written to, but replaced.
      await rm(target, { force: true });
      await cp(file, target);
      await chmod(target, 0o755);
    };
    const stint = (args: readonly string[], input = '') =>
      root.asUser([command, ...args], { input, env: environmentFor(cloud) });
    expect(await root.asUser(['node', '--version'])).toMatchObject({ code: 127 });
    const times = await installUpgradeRemove(
      {
        home: root.home,
        stint,
        install: () => put(first),
        upgrade: () => put(next),
        async remove() {
          // The keychain child answers, although there is no keychain.
          const asked = await root.asUser([command, '__helper', 'keychain-child'], {
            input: JSON.stringify({ service: 'stint', operation: 'read', account: 'none' }),
          });
          expect(JSON.parse(asked.stdout)).toHaveProperty('error');
          // AWS SDKs run it by this line.
          expect(await stint(['profile', 'publish', 'anna'])).toMatchObject({ code: 0 });
          const config = await readFile(join(root.home, '.aws/config'), 'utf8');
          const line = /^credential_process *= *(.+)$/m.exec(config)?.[1] ?? '';
          const words = ['sh', '-c', line];
          const answer = await root.asUser(words, { env: environmentFor(cloud) });
          expect(JSON.parse(answer.stdout), line).toMatchObject({ Version: 1 });
          expect(await stint(['profile', 'unpublish', 'anna'])).toMatchObject({ code: 0 });
          expect(await stint(['agent', 'stop'])).toMatchObject({ code: 0 });
          await rm(target);
        },
      },
      cloud,
    );
    expect([...root.files()].filter((file) => !before.has(file))).toEqual([]);
    const builds = await readdir(join(root.home, '.config/stint/program'));
    expect(builds.map((name) => name.replace(/-[\da-f]{16}$/, '')).sort()).toEqual([
      '0.1.0',
      '0.1.1',
    ]);
    report('single executable', times, { 'the package': (await stat(first)).size / 1e6 });
  }, 900_000);
});
