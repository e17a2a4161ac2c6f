import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificatesIn, trustExtraCertificates } from '../../electron/extra-certificates.ts';
import { fuses } from '../../electron/fuses.ts';
import { carriedNode, carriedPrograms } from '../../electron/owner/carried-node.ts';
import { menuBar } from '../../electron/window/menu-bar.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

describe('certificates of a company network', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stint-ca-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('are trusted although Electron ignores the variable', async () => {
    const bundle = join(folder, 'company.pem');
    const { stdout: made } = await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-subj', '/CN=Company CA', '-days', '2', '-keyout', join(folder, 'key.pem')],
    ]);
    await writeFile(bundle, `# the company\n${made}`);
    const trusted = `
      import { getCACertificates } from 'node:tls';
      import { X509Certificate } from 'node:crypto';
      import { trustExtraCertificates } from ${JSON.stringify(join(root, 'electron', 'extra-certificates.ts'))};
      const before = getCACertificates('default').length;
      const notice = trustExtraCertificates({ NODE_EXTRA_CA_CERTS: process.argv[1] });
      const after = getCACertificates('default').map((pem) => new X509Certificate(pem).subject);
      console.log(JSON.stringify({ notice, added: after.length - before, has: after.includes('CN=Company CA') }));
    `;
    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '--eval', trusted, bundle],
      { env: {} },
    );
    expect(JSON.parse(stdout)).toEqual({ added: 1, has: true });
  });

  test('that cannot be read are reported by their file, and nothing else changes', () => {
    const file = join(folder, 'none.pem');
    expect(trustExtraCertificates({ NODE_EXTRA_CA_CERTS: file })).toContain(file);
    expect(trustExtraCertificates({})).toBeUndefined();
  });

  test('are read one by one from a bundle; a bundle without any is an error', () => {
    const bundle = rootCertificates.slice(0, 3).join('\n# next\n');
    expect(certificatesIn(bundle)).toHaveLength(3);
    expect(() => certificatesIn('no certificate')).toThrow('it contains no certificate');
  });
});

describe('the Node that talks to the keychain', () => {
  const packagedApp = {
    packaged: true,
    resources: '/opt/Stint/resources',
    env: { STINT_NODE: '/evil' },
  };

  test('is the one in the package, whatever the environment says', () => {
    expect(carriedNode({ ...packagedApp, platform: 'linux' })).toBe(
      '/opt/Stint/resources/node/node',
    );
    expect(carriedNode({ ...packagedApp, platform: 'win32' })).toContain('node.exe');
  });

  test('runs programs from beside the archive, which Node does not read', () => {
    const { packaged, resources } = packagedApp;
    const here = join(resources, 'app.asar', 'dist', 'electron');
    expect(carriedPrograms({ packaged, resources, here })).toBe(join(resources, 'program', 'dist'));
    expect(carriedPrograms({ packaged: false, resources, here: '/x/dist/electron' })).toBe(
      join('/x', 'dist'),
    );
  });

  test('is the one of npm start in a checkout', () => {
    const checkout = { ...packagedApp, packaged: false, platform: 'linux' } as const;
    expect(carriedNode({ ...checkout, env: { STINT_NODE: '/usr/bin/node24' } })).toBe(
      '/usr/bin/node24',
    );
    expect(carriedNode({ ...checkout, env: {} })).toBe('node');
  });
});

test('the fuses that weaken the app are off', () => {
  expect(fuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    grantFileProtocolExtraPrivileges: false,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
  });
});

test('the menu has keys for editing and zoom on every platform, and none for reloading or inspecting', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const menu = JSON.stringify(menuBar(platform));
    for (const role of ['editMenu', 'zoomIn', 'zoomOut', 'resetZoom']) expect(menu).toContain(role);
    for (const role of ['reload', 'toggleDevTools', 'viewMenu']) expect(menu).not.toContain(role);
  }
});

test('nothing outside electron/ and its tests imports Electron, which would start its downloader', async () => {
  const { stdout } = await run(
    'git',
    ['grep', '-lE', `from '(node:)?electron(/[a-z]+)?'`, '--', '*.ts'],
    {
      cwd: root,
    },
  );
  const files = stdout.trim().split('\n');
  expect(files.filter((path) => !/^(electron|test\/(fakes\/)?electron)\//.test(path))).toEqual([]);
  const values = await Promise.all(
    files.map(async (path) => {
      const text = await readFile(join(root, path), 'utf8');
      return /^import (?!type)[^;]*from 'electron/m.test(text) ? [path] : [];
    }),
  );
  expect(values.flat().sort()).toEqual(['electron/main.ts', 'electron/preload.ts']);
});
