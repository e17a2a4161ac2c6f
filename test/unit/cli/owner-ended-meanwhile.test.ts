import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { NoOwner } from '../../../src/client/node/no-owner.ts';
import { socketTransport } from '../../../src/client/node/socket-transport.ts';

async function endingOwner(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'stint-ending-'));
  const path = join(folder, 's');
  const server = createServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return path;
}

it.skipIf(process.platform === 'win32')(
  'an owner that ends during a question is gone; a change is not made twice',
  async () => {
    const path = await endingOwner();
    const ask = (method: 'GET' | 'POST') =>
      socketTransport(() => path)({ method, path: '/v1/healthz', headers: {} });
    await expect(ask('GET')).rejects.toBeInstanceOf(NoOwner);
    await expect(ask('POST')).rejects.toThrow('The agent cannot be reached');
    await expect(ask('POST')).rejects.not.toBeInstanceOf(NoOwner);
  },
);
