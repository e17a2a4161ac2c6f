import { createServer, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimOwnership, type ClaimOptions } from '../../../src/agent/owner-claim.ts';
import { prepareHome, type HomePaths } from '../../../src/services/files/home.ts';

const startFolder = process.cwd();
let folder: string;
let paths: HomePaths;
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-claim-'));
  paths = await prepareHome(join(folder, 'home'));
  // With the platform `win32`, the pipe is a socket file of that name in this folder.
  process.chdir(folder);
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  process.chdir(startFolder);
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const health = (version = '0.1.0') => JSON.stringify({ status: 'ok', version, pid: 77 });

function server(answer: (path: string, response: ServerResponse, token: string) => void): Server {
  const made = createServer((request, response) => {
    answer(request.url ?? '', response, request.headers.authorization ?? '');
  });
  servers.push(made);
  return made;
}

/** A process that owns the workspace and answers only who it is. */
const owner = (version?: string) => server((_path, response) => response.end(health(version)));

const listenOn = async (path: string, listening: Server) => {
  await new Promise<void>((resolve) => listening.listen(path, resolve));
};

const claim = (options: Partial<ClaimOptions> = {}, listening = owner()) =>
  claimOwnership(listening, paths, { version: '0.1.0', ...options });

describe('taking over from an owner that is still starting', () => {
  /** Writes its token after the third question who it is, and takes no other. */
  async function startingOwner(): Promise<{ readonly asked: string[] }> {
    const asked: string[] = [];
    let probes = 0;
    const starting = server((path, response, token) => {
      if (path !== '/v1/owner/release') {
        probes += 1;
        if (probes === 3) void writeFile(paths.token, 'fresh\n');
        response.end(health());
        return;
      }
      asked.push(token);
      if (token === 'Bearer fresh') {
        response.writeHead(202).end('{"pid":77}', () => starting.close());
      } else {
        response.writeHead(401).end('{}');
      }
    });
    await listenOn(paths.socket, starting);
    return { asked };
  }

  it('waits until it has written its token', async () => {
    const { asked } = await startingOwner();
    expect(await claim({ takeOver: 'older-or-same' })).toEqual({
      kind: 'claimed',
      socketPath: paths.socket,
    });
    expect(asked).toEqual(['Bearer fresh']);
  });

  it('asks again with the new token if the one in the home is of an earlier owner', async () => {
    await writeFile(paths.token, 'stale\n');
    const { asked } = await startingOwner();
    expect(await claim({ takeOver: 'older-or-same' })).toMatchObject({ kind: 'claimed' });
    expect([asked[0], asked.at(-1)]).toEqual(['Bearer stale', 'Bearer fresh']);
  });
});

describe('who owns the workspace', () => {
  it('is asked on the usual socket too if another one is recorded', async () => {
    await listenOn(paths.socket, owner());
    await writeFile(paths.agentFile, JSON.stringify({ socket: join(folder, 'elsewhere.sock') }));
    expect(await claim()).toMatchObject({ kind: 'owned', socketPath: paths.socket });
    expect(existsSync(paths.socket)).toBe(true);
  });

  it('is asked on the recorded socket first', async () => {
    const elsewhere = join(folder, 'elsewhere.sock');
    await listenOn(elsewhere, owner());
    await writeFile(paths.agentFile, JSON.stringify({ socket: elsewhere }));
    expect(await claim()).toMatchObject({ kind: 'owned', socketPath: elsewhere });
  });

  it.each(['<html>', '{}', '{"pid":1,"version":"newest"}'])(
    'is a conflict if another program answers: %s',
    async (answer) => {
      await listenOn(
        paths.socket,
        server((_path, response) => response.end(answer)),
      );
      await expect(claim()).rejects.toMatchObject({
        code: 'owner-conflict',
        message: `A process listens on ${paths.socket} and does not answer as Stint does.`,
      });
    },
  );

  it('is the newer one: an older one leaves it alone, and so does a release candidate of it', async () => {
    await listenOn(paths.socket, owner('0.2.0'));
    expect(await claim({ version: '0.2.0-rc.1', takeOver: 'older-or-same' })).toMatchObject({
      kind: 'owned',
      owner: { pid: 77, version: '0.2.0' },
    });
  });
});

describe('on Windows', () => {
  const platform = 'win32';

  it('a second process finds the first one although nothing is recorded yet', async () => {
    const first = await claim({ platform });
    expect(first).toMatchObject({ kind: 'claimed' });
    expect(existsSync(paths.agentFile)).toBe(false);
    expect(await claim({ platform })).toEqual({
      kind: 'owned',
      owner: { pid: 77, version: '0.1.0' },
      socketPath: first.socketPath,
    });
  });

  it('the pipe of a home has a random name, which only this user can read', async () => {
    const { socketPath } = await claim({ platform });
    expect(socketPath).toMatch(/^\\\\\.\\pipe\\stint-[\da-f-]{36}$/);
    expect(await readFile(paths.pipeName, 'utf8')).toBe(`${socketPath.slice(15)}\n`);
    expect((await stat(paths.pipeName)).mode & 0o777).toBe(0o600);
  });

  it('a damaged name is replaced', async () => {
    await writeFile(paths.pipeName, '..\\elsewhere\n');
    expect((await claim({ platform })).socketPath).toMatch(/stint-[\da-f-]{36}$/);
  });
});
