import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import type { AgentFacts } from '../../../src/cli/doctor/facts.ts';
import { gatherFacts } from '../../../src/cli/doctor/gather.ts';

it('the facts that doctor looks for faults in are read from files, variables and proxies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stint-facts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const home = join(folder, 'stint');
  const browser = join(home, 'browser', 'acme');
  mkdirSync(browser, { recursive: true });
  // A pid that no system gives out.
  symlinkSync(`here-${2 ** 30}`, join(browser, 'SingletonLock'));
  const config = join(folder, 'config');
  writeFileSync(
    config,
    '[core]\nencrypt_token_cache = yes\n[profile x]\ncredential_process=/gone/stint credentials 1\n',
  );
  const awsCredentialsFile = join(folder, 'credentials');
  writeFileSync(awsCredentialsFile, '[mine]\n');
  writeFileSync(join(folder, 'aws'), '');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxies = { httpProxy: `http://127.0.0.1:${port}`, httpsProxy: 'http://127.0.0.1:1' };
  const env = {
    HOME: folder,
    PATH: folder,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: awsCredentialsFile,
    AWS_CA_BUNDLE: join(folder, 'gone.pem'),
  };
  const context = { shell: { env }, location: { home }, version: '1.0.0' } as unknown as Context;
  const facts = await gatherFacts(context, {
    version: '1.0.0',
    sessions: [],
    integrations: [],
    settings: {
      ...proxies,
      awsCredentialsFile,
      awsConfigFile: config,
      azureConfigDir: folder,
    } as unknown as AgentFacts['settings'],
  });
  server.close();
  expect(facts.staleLocks).toEqual([join(browser, 'SingletonLock')]);
  expect(facts.missing).toEqual(new Set(['/gone/stint', join(folder, 'gone.pem')]));
  expect(facts.deadProxies).toEqual([
    { setting: 'https-proxy', url: 'http://127.0.0.1:1', reason: 'ECONNREFUSED' },
  ]);
  expect(facts.azureCli).toEqual({ encrypts: true, hasEncryptedCache: false });
  expect(facts.notOnPath).toEqual(['az']);
  expect(facts.profilesOfShell).toEqual(new Set(['mine', 'x']));
  expect(facts.disk.free).toBeGreaterThan(0);
});
