import { chmod, chown, lchown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimOwnership } from '../../src/agent/owner-claim.ts';
import { ownerLocation } from '../../src/client/node/owner-location.ts';
import { createOwnerClient } from '../../src/cli/owner/owner-client.ts';
import { socketTransport } from '../../src/client/node/socket-transport.ts';
import { homePaths } from '../../src/services/files/home.ts';
import { scriptedShell } from '../unit/cli/scripted-shell.ts';
import { attemptsOf } from './attempts.ts';
import { otherUser, withOtherUser } from './other-user.ts';

/*
 * A home that another user prepared, to which a command is led by STINT_HOME: secrets that are typed in
 * would go to their socket.
 */

const attempts = attemptsOf('another user who prepares a home');
/** What an agent of an older version answers, which is asked to end. */
const older = { status: 'ok', version: '0.0.1', pid: 77 };
let folder: string;
let server: Server;
let received: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-home-'));
  received = [];
  server = createServer((request, response) => {
    received.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume();
    request.on('end', () => response.writeHead(201).end(JSON.stringify(older)));
  });
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function prepared(home: string, socket = join(home, 'agent.sock')): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'token'), 'theirs');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
}

/** Says in an open home that the agent listens at `socket`. */
async function named(home: string, socket: string): Promise<void> {
  await chmod(home, 0o777);
  await writeFile(join(home, 'agent.json'), JSON.stringify({ socket }));
}

/** A command that sends a secret. */
async function addSecretTo(home: string): Promise<string> {
  const shell = scriptedShell();
  const location = ownerLocation({ STINT_HOME: home });
  const owner = createOwnerClient(
    shell,
    location,
    socketTransport(() => location.socket()),
  );
  return await owner.running
    .request('POST', '/v1/sessions', {
      body: {
        type: 'awsIamUser',
        sessionName: 'anna',
        region: 'eu-west-1',
        secrets: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'hunter2' },
      },
    })
    .then(
      () => 'sent',
      (error: unknown) => (error as Error).message,
    );
}

/** What an agent that starts makes of the home: it asks another one to end, with the token in the home. */
async function claimed(home: string): Promise<string> {
  const agent = createServer();
  try {
    return (await claimOwnership(agent, homePaths(home), { version: '1.0.0' })).kind;
  } finally {
    agent.close();
  }
}

describe.skipIf(otherUser.missing !== undefined)(withOtherUser('a command'), () => {
  it('sends nothing to a home of another user', async () => {
    const home = join(folder, 'theirs');
    await prepared(home);
    await chown(home, otherUser.uid, otherUser.uid);
    expect(await addSecretTo(home)).toContain('belongs to another user');
    expect(attempts.note(received.length > 0)).toBe(false);
    // Each of the two alone, as some commands need only one.
    const location = ownerLocation({ STINT_HOME: home });
    expect(() => location.socket()).toThrow('belongs to another user');
    expect(() => location.token()).toThrow('belongs to another user');
  });

  it('sends nothing to a socket that another user put into an open home', async () => {
    const home = join(folder, 'open');
    await prepared(home);
    await chmod(home, 0o777);
    await chown(join(home, 'agent.sock'), otherUser.uid, otherUser.uid);
    expect(await addSecretTo(home)).toContain('belongs to another user');
    expect(attempts.note(received.length > 0)).toBe(false);
  });
});

describe.skipIf(otherUser.missing !== undefined)(withOtherUser('a command'), () => {
  it('sends nothing to a home of another user that a link leads to', async () => {
    const [home, own] = [join(folder, 'theirs'), join(folder, 'mine')];
    await prepared(home);
    await chown(home, otherUser.uid, otherUser.uid);
    await symlink(home, own);
    expect(await addSecretTo(own)).toContain('belongs to another user');
    expect(attempts.note(received.length > 0)).toBe(false);
  });

  it('sends nothing through a link that another user put into an open home', async () => {
    const [home, socket] = [join(folder, 'open'), join(folder, 'other-program.sock')];
    await prepared(home, socket);
    await chmod(home, 0o777);
    await symlink(socket, join(home, 'agent.sock'));
    await lchown(join(home, 'agent.sock'), otherUser.uid, otherUser.uid);
    expect(await addSecretTo(home)).toContain('belongs to another user');
    expect(attempts.note(received.length > 0)).toBe(false);
  });

  it('sends nothing to a socket elsewhere that another user names in an open home', async () => {
    const [home, socket] = [join(folder, 'open'), join(folder, 'theirs.sock')];
    await prepared(home, socket);
    await chown(socket, otherUser.uid, otherUser.uid);
    await named(home, socket);
    expect(await addSecretTo(home)).toContain('belongs to another user');
    expect(attempts.note(received.length > 0)).toBe(false);
  });
});

describe.skipIf(process.platform !== 'linux')(
  'a socket without a file, which has no owner,',
  () => {
    it('gets nothing from a command', async () => {
      const [home, socket] = [join(folder, 'open'), `\0stint-command-${process.pid}`];
      await prepared(home, socket);
      await named(home, socket);
      expect(await addSecretTo(home)).not.toBe('sent');
      expect(attempts.note(received.length > 0)).toBe(false);
    });

    it('gets nothing from an agent', async () => {
      const [home, socket] = [join(folder, 'open'), `\0stint-agent-${process.pid}`];
      await prepared(home, socket);
      await named(home, socket);
      expect(await claimed(home)).toBe('claimed');
      expect(attempts.note(received.length > 0)).toBe(false);
    });
  },
);

describe.skipIf(otherUser.missing !== undefined)(withOtherUser('an agent'), () => {
  it.each(['agent.sock', 'elsewhere.sock'])(
    'asks nothing at a socket of another user (%s)',
    async (name) => {
      const home = join(folder, 'open');
      const socket = join(home, name);
      await prepared(home, socket);
      await chown(socket, otherUser.uid, otherUser.uid);
      await named(home, socket);
      expect(await claimed(home)).toBe('claimed');
      expect(attempts.note(received.length > 0)).toBe(false);
    },
  );
});

describe.skipIf(process.platform === 'win32')('a command', () => {
  it('sends nothing to a shared folder, such as /tmp', async () => {
    const home = join(folder, 'shared');
    await prepared(home);
    await chmod(home, 0o1777);
    expect(await addSecretTo(home)).toContain('is shared');
    expect(attempts.note(received.length > 0)).toBe(false);
  });

  it('sends to its own home, also where it was made by hand with the usual mode', async () => {
    const home = join(folder, 'mine');
    await prepared(home);
    await chmod(home, 0o775);
    expect(await addSecretTo(home)).toBe('sent');
  });
});
