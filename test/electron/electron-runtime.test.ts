import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { electronRuntime } from '../../scripts/electron-runtime.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-electron-'));
  await writeFile(join(folder, 'package.json'), '{"version":"45.4.1"}');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function unpack(into: string, version = '45.4.1'): Promise<void> {
  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'version'), version);
  await writeFile(join(into, 'electron'), '');
}

describe.runIf(process.platform === 'linux')('the Electron runtime', () => {
  test('is found once its path, its program and the right version are there', async () => {
    await writeFile(join(folder, 'path.txt'), 'electron');
    await unpack(join(folder, 'dist'));
    expect(electronRuntime({ folder, env: {} })).toBe(join(folder, 'dist', 'electron'));
  });

  test('is not found after npm ci, which downloads none', () => {
    expect(electronRuntime({ folder, env: {} })).toBeUndefined();
  });

  test('is not found if its program is missing', async () => {
    await writeFile(join(folder, 'path.txt'), 'electron');
    await unpack(join(folder, 'dist'));
    await rm(join(folder, 'dist', 'electron'));
    expect(electronRuntime({ folder, env: {} })).toBeUndefined();
  });

  test('is not found if it has another version', async () => {
    await writeFile(join(folder, 'path.txt'), 'electron');
    await unpack(join(folder, 'dist'), '44.0.0');
    expect(electronRuntime({ folder, env: {} })).toBeUndefined();
  });

  test('may be in another folder, if it has the right version', async () => {
    const elsewhere = join(folder, 'elsewhere');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: elsewhere };
    expect(electronRuntime({ folder, env })).toBeUndefined();
    await unpack(elsewhere, 'v45.4.1');
    expect(electronRuntime({ folder, env })).toBe(join(elsewhere, 'electron'));
    await unpack(elsewhere, '45.4.0');
    expect(electronRuntime({ folder, env })).toBeUndefined();
  });

  test('is not found without the electron package', () => {
    expect(electronRuntime({ folder: join(folder, 'none'), env: {} })).toBeUndefined();
  });
});
