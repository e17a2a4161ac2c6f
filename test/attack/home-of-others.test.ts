import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerLocation } from '../../src/client/node/owner-location.ts';
import { createOwnerClient } from '../../src/cli/owner/owner-client.ts';
import { socketTransport } from '../../src/client/node/socket-transport.ts';
import { scriptedShell } from '../unit/cli/scripted-shell.ts';
import { attemptsOf } from './attempts.ts';
import { otherUser, withOtherUser } from './other-user.ts';

/*
 * A home that another user prepared, to which a command is led by STINT_HOME: secrets that are typed in
 * would go to their socket.
 */

const attempts = attemptsOf('another user who prepares a home');
let folder: string;
let server: Server;
let received: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-home-'));
  received = [];
  server = createServer((request, response) => {
    request.on('data', (piece: Buffer) => received.push(piece.toString()));
    request.on('end', () => response.writeHead(201).end('{}'));
  });
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

async function prepared(home: string): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'token'), 'theirs');
  await new Promise<void>((resolve) => server.listen(join(home, 'agent.sock'), resolve));
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

describe.skipIf(otherUser.missing !== undefined)(withOtherUser('a command'), () => {
  it('sends nothing to a home of another user', async () => {
    const home = join(folder, 'theirs');
    await prepared(home);
    await chown(home, otherUser.uid, otherUser.uid);
    expect(await addSecretTo(home)).toContain('belongs to another user');
    expect(attempts.note(received.length > 0)).toBe(false);
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
