import { extractFile, listPackage } from '@electron/asar';
import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses';
import { Ajv } from 'ajv';
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuses } from '../../electron/fuses.ts';
import { builderConfig } from '../../scripts/package/desktop/builder-config.ts';
import { packDesktop } from '../../scripts/package/desktop/desktop.ts';
import { isCampaign } from '../support/campaign.ts';

/*
 * What electron-builder makes of our configuration. Electron's runtime is not needed for that: where it
 * is missing, a file with the same fuses takes its part. Not run here: AppImage, deb, rpm, dmg and
 * nsis themselves, signing and notarising, which need tools that electron-builder fetches.
 */

const run = promisify(execFile);
const require = createRequire(import.meta.url);

it('the configuration is one that electron-builder accepts', async () => {
  const file = require.resolve('app-builder-lib/scheme.json');
  const schema = JSON.parse(await readFile(file, 'utf8')) as object;
  const config = builderConfig({
    program: 'program',
    node: 'node',
    out: 'out',
    electronVersion: '45.4.1',
    author: 'The authors',
  });
  const ajv = new Ajv({ strict: false, allErrors: true });
  const check = ajv.compile(schema);
  // electron-builder checks what JSON has of it.
  expect(check(JSON.parse(JSON.stringify(config))) ? [] : check.errors).toEqual([]);
  expect(check({ ...config, asarr: true })).toBe(false);
});

describe.runIf(isCampaign && process.platform === 'linux')('the desktop app', () => {
  let scratch: string;
  let app: string;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'stint-desktop-test-'));
    const runtime = join(scratch, 'runtime');
    await mkdir(runtime);
    // The sentinel of @electron/fuses, the version of the wire, its length, and the fuses, all off.
    const wire = Buffer.concat([
      Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.from([1, 9]),
      Buffer.from('000000000'),
    ]);
    await writeFile(join(runtime, 'electron'), Buffer.concat([Buffer.from('runtime'), wire]));
    await chmod(join(runtime, 'electron'), 0o755);
    await writeFile(join(runtime, 'version'), '45.4.1');
    await mkdir(join(runtime, 'resources'));
    app = join(await packDesktop(scratch, { runtime, folderOnly: true }), 'linux-unpacked');
  }, 600_000);
  afterAll(async () => {
    await rm(scratch, { recursive: true, force: true });
  });

  it('has main process, preload and icons in its archive, and nothing else', async () => {
    const archive = join(app, 'resources', 'app.asar');
    const files = listPackage(archive, { isPack: false }).filter((path) => /\.\w+$/.test(path));
    expect(files.sort()).toEqual(
      [
        '/dist/electron/icons/glyph.svg',
        '/dist/electron/icons/stint.png',
        ...globSync('*', { cwd: 'electron/icons/tray' }).map(
          (name) => `/dist/electron/icons/tray/${name}`,
        ),
        '/dist/electron/main.cjs',
        '/dist/electron/preload.cjs',
        '/package.json',
      ].sort(),
    );
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as object;
    expect(manifest).toMatchObject({ name: 'stint', main: 'dist/electron/main.cjs' });
    expect(manifest).not.toHaveProperty('devDependencies');
    expect((await stat(archive)).size).toBeLessThan(20_000_000);
  });

  it('carries command and agent, which run on the Node beside them', async () => {
    const resources = join(app, 'resources');
    const { stdout } = await run(
      join(resources, 'node', 'node'),
      [join(resources, 'program', 'dist', 'stint.cjs'), '--version'],
      { env: {} },
    );
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const modules = globSync('*', { cwd: join(resources, 'program', 'node_modules') });
    expect(modules.sort()).toEqual(['keytar', 'playwright-core']);
  });

  it('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(app, 'stint-desktop'));
    const isOn = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse])) === '1';
    expect({
      runAsNode: isOn(FuseV1Options.RunAsNode),
      enableCookieEncryption: isOn(FuseV1Options.EnableCookieEncryption),
      enableNodeOptionsEnvironmentVariable: isOn(
        FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      ),
      enableNodeCliInspectArguments: isOn(FuseV1Options.EnableNodeCliInspectArguments),
      enableEmbeddedAsarIntegrityValidation: isOn(
        FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      ),
      onlyLoadAppFromAsar: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    }).toEqual({
      runAsNode: fuses.runAsNode,
      enableCookieEncryption: fuses.enableCookieEncryption,
      enableNodeOptionsEnvironmentVariable: fuses.enableNodeOptionsEnvironmentVariable,
      enableNodeCliInspectArguments: fuses.enableNodeCliInspectArguments,
      enableEmbeddedAsarIntegrityValidation: fuses.enableEmbeddedAsarIntegrityValidation,
      onlyLoadAppFromAsar: fuses.onlyLoadAppFromAsar,
    });
  });
});
