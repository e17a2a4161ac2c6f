import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numRuns } from '../support/campaign.ts';
import { attemptsOf } from './attempts.ts';
import { askedHere, attackedComputer, lease, type AttackedComputer } from './lent-session.ts';
import {
  asOtherUser,
  askedByOtherUser,
  flooding,
  otherUser,
  squatting,
  withOtherUser,
} from './other-user.ts';

/*
 * Another user of this machine, with every token that could reach them by whatever way. The owner and
 * its programs run as the user of the tests.
 */

const attempts = attemptsOf('another user of the machine');
const hasKeys = (answer: string) => /AccessKeyId|"items"|"token"|"proof"/.test(answer);

/** Notes each answer; returns those that gave anything away. */
const gaveAway = (answers: readonly string[]) =>
  answers.filter((answer) => attempts.note(hasKeys(answer)));

let computer: AttackedComputer;
beforeEach(async () => {
  computer = await attackedComputer();
});
afterEach(async () => {
  await computer.close();
});

const suite = describe.skipIf(otherUser.missing !== undefined);

suite(withOtherUser('another user who has stolen tokens'), () => {
  it('is cut off at the port before a request is read, whatever they carry', async () => {
    const here = await computer.agent({ port: 0 });
    const sessionId = await computer.activeSession(here, 'anna');
    const { url, token } = await lease(here, sessionId);
    const origin = new URL(url).origin;
    const owners = await readFile(join(computer.scratch.home, 'token'), 'utf8');
    expect(await askedHere(url, token)).toContain('AccessKeyId');
    const answers = await askedByOtherUser([
      { url, token },
      { url: `${origin}/v1/sessions`, token: `Bearer ${owners}` },
      { url: `${origin}/v1/healthz`, token: '' },
      { url: `${origin}/`, token: '' },
      { method: 'POST', url: `${origin}/v1/handshake`, token: '' },
    ]);
    expect(gaveAway(answers)).toEqual([]);
    expect(new Set(answers)).toEqual(new Set(['ConnectionResetError']));
    const { notices } = await here.client.request('GET', '/v1/owner');
    expect(notices.join()).toContain(`user id ${otherUser.uid}`);
    expect(await askedHere(url, token)).toContain('AccessKeyId');
  });

  it('reaches the lease that names them, and nothing else', async () => {
    const here = await computer.agent({ port: 0 });
    const sessionId = await computer.activeSession(here, 'anna');
    const named = await lease(here, sessionId, { allowedUids: [otherUser.uid] });
    const other = await lease(here, sessionId);
    const origin = new URL(named.url).origin;
    const owners = await readFile(join(computer.scratch.home, 'token'), 'utf8');
    const [container, ...rest] = await askedByOtherUser([
      { url: named.url, token: named.token },
      { url: other.url, token: other.token },
      { url: `${origin}/v1/sessions`, token: `Bearer ${owners}` },
      { method: 'POST', url: `${origin}/v1/handshake`, token: '' },
    ]);
    expect(container).toContain('AccessKeyId');
    expect(gaveAway(rest)).toEqual([]);
    expect(rest.map((answer) => answer.slice(0, 3))).toEqual(['401', '403', '403']);
    // The exception ends with the lease, also for the next owner.
    await here.client.request('DELETE', '/v1/leases/{id}', {
      path: { id: named.lease.leaseId },
    });
    expect(gaveAway(await askedByOtherUser([{ url: named.url, token: named.token }]))).toEqual([]);
  });

  it('keeps an exception across a hand-over, in the database of leases', async () => {
    const first = await computer.agent({ port: 0 });
    const sessionId = await computer.activeSession(first, 'anna');
    const { url, token } = await lease(first, sessionId, { allowedUids: [otherUser.uid] });
    await first.agent.end('keep');
    await computer.agent();
    expect((await askedByOtherUser([{ url, token }]))[0]).toContain('AccessKeyId');
  });
});

suite(withOtherUser('another user who takes the port while no owner runs'), () => {
  it('gets tokens that open nothing: the leases are void, and the user learns which program to restart', async () => {
    const first = await computer.agent({ port: 0 });
    const sessionId = await computer.activeSession(first, 'anna');
    const { url, token } = await lease(first, sessionId, { kind: 'exec', pid: process.pid });
    const { port } = new URL(url);
    await first.agent.end('keep');
    const squatter = asOtherUser(squatting, port);
    try {
      expect(await squatter.line()).toBe('listening');
      await askedHere(url, token);
      expect(await squatter.line()).toBe(token); // stolen
      const next = await computer.agent();
      const { url: elsewhere } = await lease(next, sessionId);
      expect(new URL(elsewhere).port).not.toBe(port);
      const stolen = [
        await askedHere(elsewhere, token),
        ...(await askedByOtherUser([{ url: elsewhere, token }])),
      ];
      expect(gaveAway(stolen)).toEqual([]);
      expect(stolen[0]).toContain('Stint lost the port');
      const { notices } = await next.client.request('GET', '/v1/owner');
      expect(notices.join()).toContain(`job (pid ${process.pid}) can no longer use session anna`);
    } finally {
      await squatter.end();
    }
  });

  it('and leaves it again gets tokens that only this user could use; one in a file is replaced', async () => {
    const first = await computer.agent({ port: 0 });
    const sessionId = await computer.activeSession(first, 'anna');
    const fixed = await lease(first, sessionId);
    const inFile = await lease(first, sessionId, { tokenInFile: true });
    const { port } = new URL(fixed.url);
    await first.agent.end('keep');
    const squatter = asOtherUser(squatting, port);
    expect(await squatter.line()).toBe('listening');
    for (const { url, token } of [fixed, inFile]) {
      await askedHere(url, token);
      expect(await squatter.line()).toBe(token);
    }
    await squatter.end();
    const next = await computer.agent();
    expect(next.agent.port).toBe(Number(port));
    expect(gaveAway(await askedByOtherUser([fixed, inFile]))).toEqual([]);
    // The programs themselves continue.
    expect(await askedHere(fixed.url, fixed.token)).toContain('AccessKeyId');
    expect(gaveAway([await askedHere(inFile.url, inFile.token)])).toEqual([]);
    const renewed = await readFile(inFile.tokenFile, 'utf8');
    expect(await askedHere(inFile.url, renewed)).toContain('AccessKeyId');
  });
});

suite(withOtherUser('another user who floods the port'), () => {
  it('keeps nobody out: every request of this user is answered, meanwhile and afterwards', async () => {
    const here = await computer.agent({ port: 0 });
    const sessionId = await computer.activeSession(here, 'anna');
    const { url, token } = await lease(here, sessionId);
    const flood = asOtherUser(flooding, new URL(url).port, '2');
    expect(await flood.line()).toBe('flooding');
    const waits: number[] = [];
    for (let at = 0; at < numRuns(20); at += 1) {
      const asked = performance.now();
      const answer = await askedHere(url, token);
      attempts.note(!hasKeys(answer));
      expect(answer).toContain('AccessKeyId');
      waits.push(performance.now() - asked);
    }
    const connections = Number(await flood.line());
    const slowest = Math.round(Math.max(...waits));
    console.log(
      `flood: ${connections} connections; ${waits.length} own requests, the slowest ${slowest} ms`,
    );
    expect(connections).toBeGreaterThan(100);
  });
});
