import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startPracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { packNpm } from '../../scripts/package/npm.ts';
import { computerForEachTest, type Ran } from '../e2e/cli/computer.ts';
import { isCampaign } from '../support/campaign.ts';
import { environmentFor, installUpgradeRemove, report } from './install-upgrade-remove.ts';
import { buildNextVersion } from './next-version.ts';

const run = promisify(execFile);
/** On Windows npm is a batch file, which only a shell runs. */
const npm = (...args: readonly string[]) =>
  run('npm', args, { shell: process.platform === 'win32', maxBuffer: 2 ** 24 });

/** Files with their sizes in bytes. */
function filesIn(folder: string): Promise<readonly { path: string; size: number }[]> {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return { path: path.slice(folder.length + 1), size: (await stat(path)).size };
    }),
  );
}

/** The installed command, as a shell finds it. */
async function runs(
  prefix: string,
  args: readonly string[],
  { env, input }: { readonly env: NodeJS.ProcessEnv; readonly input: string },
): Promise<Ran> {
  const child = spawn(join(prefix, 'bin', 'stint'), args, { env });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { code, stdout, stderr };
}

describe('the npm package', () => {
  const computer = computerForEachTest();
  let scratch: string;
  let tarball: string;
  let installed: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'stint-npm-'));
    tarball = await packNpm(scratch);
    const prefix = join(scratch, 'prefix');
    // The Node that it brings takes most of the time; the campaign installs it, too.
    const parts = isCampaign ? [] : ['--omit=optional'];
    await npm('install', '--global', '--prefer-offline', '--prefix', prefix, ...parts, tarball);
    installed = globSync('{lib/,}node_modules/stint', { cwd: prefix }).map((path) =>
      join(prefix, path),
    )[0] as string;
  }, 600_000);
  afterAll(async () => {
    await rm(scratch, { recursive: true, force: true });
  });

  it('holds what runs, and nothing of tests, sources and build tools', async () => {
    const own = (await filesIn(installed)).filter(({ path }) => !path.startsWith('node_modules'));
    const names = own.map(({ path }) =>
      path.replace(/-[\w-]{8}\.(js|css)/, '.$1').replaceAll('\\', '/'),
    );
    expect([...new Set(names)].sort()).toEqual([
      'LICENSE',
      'THIRD-PARTY-LICENCES.txt',
      'bin/stint.js',
      'dist/agent.cjs',
      'dist/all-commands.cjs',
      'dist/aws-sdk.cjs',
      'dist/azure-sdk.cjs',
      'dist/client.mjs',
      'dist/complete.cjs',
      'dist/keychain-child.cjs',
      'dist/remove-page.cjs',
      'dist/session-list.cjs',
      'dist/stint.cjs',
      'dist/window/3rdpartylicenses.txt',
      'dist/window/chosen-theme.js',
      'dist/window/chosen-theme.js.br',
      'dist/window/chunk.js',
      'dist/window/chunk.js.br',
      'dist/window/favicon-waiting.svg',
      'dist/window/favicon-waiting.svg.br',
      'dist/window/favicon.svg',
      'dist/window/favicon.svg.br',
      'dist/window/index.html',
      'dist/window/main.js',
      'dist/window/main.js.br',
      'dist/window/polyfills.js',
      'dist/window/polyfills.js.br',
      'dist/window/styles.css',
      'dist/window/styles.css.br',
      'openapi.json',
      'package.json',
      ...[
        'client/all-sessions',
        'client/client',
        'client/event-stream',
        'client/node/connect',
        'client/node/index',
        'client/node/no-owner',
        'client/node/owner-failure',
        'client/node/owner-location',
        'client/node/socket-transport',
        'client/openapi',
        'client/routes',
        'client/sync-text',
        'client/transport',
        'models/problem',
      ].map((name) => `types/${name}.d.ts`),
    ]);
    const licences = await readFile(join(installed, 'THIRD-PARTY-LICENCES.txt'), 'utf8');
    for (const name of ['@aws-sdk/client-sts', 'commander', 'zod', '@angular/core']) {
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\((MIT|Apache-2.0)\\)$`, 'm'));
    }
    expect(licences).not.toMatch(/^(typescript|vitest|electron) /m);
  });

  it('takes less than 60 MB beside the Node that it brings', async () => {
    const files = (await filesIn(installed)).filter(
      ({ path }) => !/^node_modules.node-(linux|win)-/.test(path),
    );
    const megabytes = files.reduce((sum, { size }) => sum + size, 0) / 1e6;
    expect(basename(tarball)).toMatch(/^stint-\d+\.\d+\.\d+\.tgz$/);
    expect(megabytes).toBeGreaterThan(7);
    expect(megabytes).toBeLessThan(60);
  });

  it('runs the agent with its window, and starts a session', async () => {
    const command = join(installed, 'bin', 'stint.js');
    const stint = (...args: readonly string[]) => computer.stint(args, { command });
    const begun = await stint('agent', 'start', '--port', '0');
    expect(begun.code, begun.stderr).toBe(0);
    const address = /http:\S+\d/.exec(begun.stderr)?.[0];
    const page = await (await fetch(String(address))).text();
    expect(page).toContain('<title>Stint</title>');

    await computer.addUser('anna');
    expect(await stint('start', 'anna')).toMatchObject({ code: 0 });
    const { stdout } = await stint('credentials', 'anna');
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1 });
    expect(await stint('stop', 'anna')).toMatchObject({ code: 0 });
  });

  it.runIf(isCampaign && process.platform !== 'win32')(
    'is installed, used, upgraded and removed, and leaves only the home',
    async () => {
      const cloud = await startPracticeCloud();
      onTestFinished(() => cloud.close());
      const home = await mkdtemp(join(tmpdir(), 'stint-npm-home-'));
      onTestFinished(() => rm(home, { recursive: true, force: true }));
      const prefix = join(home, 'prefix');
      const next = await packNpm(scratch, await buildNextVersion(join(scratch, 'next')));
      const put = (file: string) =>
        npm('install', '--global', '--prefer-offline', '--prefix', prefix, file);
      const env = { PATH: '/usr/bin:/bin', HOME: home, ...environmentFor(cloud) };
      const stint = (args: readonly string[], input = '') => runs(prefix, args, { env, input });
      const times = await installUpgradeRemove(
        {
          home,
          stint,
          install: () => put(tarball),
          upgrade: () => put(next),
          async remove() {
            expect(await stint(['agent', 'stop'])).toMatchObject({ code: 0 });
            await npm('uninstall', '--global', '--prefix', prefix, 'stint');
          },
        },
        cloud,
      );
      const left = (await filesIn(home)).map(({ path }) => path);
      expect(left.filter((path) => !path.startsWith('.config/stint/'))).toEqual([]);
      report('npm', times, { 'the package': (await stat(tarball)).size / 1e6 });
    },
    600_000,
  );

  it.runIf(isCampaign && process.platform !== 'win32')(
    'answers its first command within 3 seconds, on the Node that it brings',
    async () => {
      const began = performance.now();
      const { stdout } = await run(join(scratch, 'prefix', 'bin', 'stint'), ['--help'], {
        env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: scratch },
      });
      expect(performance.now() - began).toBeLessThan(3000);
      expect(stdout).toContain('Usage: stint');
    },
  );
});
