import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startAgentProcess } from '../support/agent-process.ts';
import { eventually } from '../support/scratch-owner.ts';
import { see } from '../support/see.ts';
import { windowForEachTest } from '../e2e/window/open-window.ts';
import { attemptsOf } from './attempts.ts';
import { asOtherUser, otherUser, squatting } from './other-user.ts';

/*
 * Programs that take the port of an owner that has gone, while its window is still open in a browser.
 * What they see of the window is written down here, and tried at the next owner.
 */

const attempts = attemptsOf('a program on the port of an owner that has gone');
const test = windowForEachTest();

interface Seen {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Whether somebody listens on the port: a killed process does for a moment. */
async function isTaken(port: string): Promise<boolean> {
  const socket = connect(Number(port), '127.0.0.1');
  const taken = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => {
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
  socket.destroy();
  return taken;
}

/** Waits until nobody listens on the port any more. */
async function isFree(port: string): Promise<void> {
  await eventually(
    () => isTaken(port),
    (taken) => !taken,
  );
}

/** Listens on the port; answers with what `answer` makes of a request, or 503. */
async function takePort(
  port: string,
  answer: (body: string) => Promise<object | undefined> | object,
): Promise<{ readonly seen: readonly Seen[]; readonly server: Server }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      seen.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      void Promise.resolve(answer(body)).then((said) => {
        response.writeHead(said === undefined ? 503 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(said ?? {}));
      });
    });
  });
  await isFree(port);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(port), '127.0.0.1', resolve);
  });
  return { seen, server };
}

const close = (server: Server) => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
};

/** Whether anything that was sent lets somebody in. */
const isSecret = ({ authorization, body }: Seen) =>
  authorization !== undefined || /"(token|ticket|code)"/.test(body);

describe('a window whose owner has gone', () => {
  it('tells a program that took its port nothing, and says how to open a new one', async () => {
    const { page, computer } = test;
    const { port } = new URL(page.url());
    await computer.stint(['agent', 'stop']);
    const { seen, server } = await takePort(port, () => ({ proof: 'x', signature: 'AAAA' }));
    await see(page.getByText('Another program answers here')).toBeVisible();
    await see(page.getByText('stint ui')).toBeVisible();
    await close(server);
    expect(seen.map(({ path }) => path)).toContain('/v1/handshake');
    expect(seen.filter((one) => attempts.note(isSecret(one)))).toEqual([]);
  });

  it('is not deceived by one that passes on the proof of the real owner, who has another port', async () => {
    const { page, computer } = test;
    const { port } = new URL(page.url());
    await computer.stint(['agent', 'stop']);
    let real = '';
    const { seen, server } = await takePort(port, async (body) => {
      if (real === '') return undefined;
      const answer = await fetch(`${real}/v1/handshake`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      return (await answer.json()) as object;
    });
    const next = await startAgentProcess(computer.scratch, { args: ['--port', '0'] });
    try {
      real = /http:\/\/127\.0\.0\.1:\d+/.exec(next.stderr())?.[0] ?? '';
      await see(page.getByText('Another program answers here')).toBeVisible();
      expect(seen.filter((one) => attempts.note(isSecret(one)))).toEqual([]);
    } finally {
      await close(server);
      await next.kill('SIGTERM');
    }
  });

  it('leaves a page that is reloaded there nothing that the next owner takes', async () => {
    const { page, computer } = test;
    const { port, origin } = new URL(page.url());
    await computer.stint(['agent', 'stop']);
    const { server } = await takePort(port, () => ({}));
    await page.goto(`${origin}/anything`);
    // The program's own page can read whatever is stored under the address.
    const stolen = await page.evaluate(() =>
      [sessionStorage, localStorage].flatMap((storage) =>
        Array.from({ length: storage.length }, (_, at) => storage.getItem(storage.key(at) ?? '')),
      ),
    );
    await close(server);
    const next = await startAgentProcess(computer.scratch, { args: ['--port', port] });
    try {
      expect(stolen.length).toBeGreaterThan(0);
      for (const value of stolen) {
        const authorization = `Bearer ${String(value)}`;
        const asked = await fetch(`${origin}/v1/sessions`, { headers: { authorization } });
        expect(attempts.note(asked.ok)).toBe(false);
        for (const name of ['ticket', 'token', 'code']) {
          const answer = await fetch(`${origin}/v1/handshake`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ [name]: value }),
          });
          expect(attempts.note(answer.ok)).toBe(false);
        }
      }
    } finally {
      await next.kill('SIGTERM');
    }
  });

  it.skipIf(otherUser.missing !== undefined)(
    'tells another user on its port nothing, and continues when they leave and an owner is back',
    async () => {
      const { page, computer } = test;
      const { port } = new URL(page.url());
      const { pid } = await computer.json<{ pid: number }>('agent', 'status');
      process.kill(pid, 'SIGKILL');
      await isFree(port);
      const squatter = asOtherUser(squatting, port);
      expect(await squatter.line()).toBe('listening');
      // It answers 503, so that the page keeps asking.
      expect(await squatter.line()).toBe('None');
      expect(await squatter.line()).toBe('None');
      await squatter.end();
      attempts.note(false);
      const next = await startAgentProcess(computer.scratch, { args: ['--port', port] });
      try {
        await see(page.getByText('Up to date')).toBeVisible();
      } finally {
        await next.kill('SIGTERM');
      }
    },
  );
});
