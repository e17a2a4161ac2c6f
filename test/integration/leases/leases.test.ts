import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LeaseDatabase } from '../../../src/services/leases/lease-database.ts';
import type { Reading } from '../../../src/services/leases/leases.ts';
import { refusal } from '../../support/session-journey.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../../support/scratch-owner.ts';

const by = 'anna';
let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
  owner.stint.scheduler.start();
});

const session = (id: string) => owner.stint.sessions.get(id);
const open = (id: string, more: object = {}) =>
  owner.stint.leases.open(id, { kind: 'endpoint', by, ...more });
const startedAt = (id: string) => Date.parse(session(id).startDateTime);
const read = (id: string, more: Partial<Reading> = {}) => {
  const expiresAt = startedAt(id) + 3_600_000;
  owner.stint.leases.noteReading(id, { kind: 'credential-process', by, expiresAt, ...more });
};
const start = (id: string, more: object = {}) => owner.stint.sessions.start(id, { by, ...more });
const endOf = (id: string) =>
  eventually(
    () => session(id),
    ({ status }) => status === 'inactive',
  );

async function added(limits: object = {}, name = 'anna') {
  const { session: made } = await owner.addUser(name, {
    fields: { delivery: 'endpoint-only', limits },
  });
  return made.sessionId;
}

describe('the limit on leases', () => {
  it('counts all that a run has opened, closed ones too, and ends the run with the last', async () => {
    const id = await added({ maxLeases: 2 });
    await start(id);
    const first = await open(id);
    const second = await open(id);
    await owner.stint.leases.close(first.lease.leaseId, by);
    const refused = await refusal(open(id));
    expect(refused).toMatchObject({ code: 'leases-used-up', status: 409 });
    expect(refused.message).toContain('2 leases in all');
    expect(session(id).status).toBe('active');
    await owner.stint.leases.close(second.lease.leaseId, by);
    expect(session(id)).toMatchObject({
      status: 'inactive',
      lastEnd: { reason: 'lease-limit', message: expect.stringContaining('2 leases') as string },
    });
    await start(id);
    await open(id);
    expect(session(id).status).toBe('active');
  });

  it('is that of the run: what is edited counts from the next one on', async () => {
    const id = await added({ maxLeases: 1 });
    await start(id);
    const { lease } = await open(id);
    await owner.stint.sessions.update(id, {
      edit: (fields) => ({ ...fields, limits: { maxLeases: 5 } }),
      by,
    });
    expect((await refusal(open(id))).code).toBe('leases-used-up');
    await owner.stint.leases.close(lease.leaseId, by);
    expect(session(id).lastEnd?.reason).toBe('lease-limit');
    await start(id);
    for (let count = 0; count < 5; count += 1) await open(id);
  });

  it('lets no lease in while the run ends with its last one', async () => {
    const id = await added({ maxLeases: 3 });
    await start(id, { untilLastLease: true });
    const { lease } = await open(id);
    const closing = owner.stint.leases.close(lease.leaseId, by);
    expect((await refusal(open(id))).code).toBe('session-not-active');
    await closing;
    expect(session(id).lastEnd?.reason).toBe('stopped');
  });

  it.each(['credentials-file', 'azure-cli'])(
    'cannot be kept with delivery %s',
    async (delivery) => {
      const azure = {
        type: 'azure' as const,
        integrationId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
        tenantId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a12',
        subscriptionId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a13',
        subscriptionName: 'dev',
      };
      const type = delivery === 'azure-cli' ? azure : { type: 'awsIamUser' as const };
      const refused = await refusal(
        owner.stint.sessions.create({
          fields: {
            ...type,
            sessionName: 'x',
            region: 'eu-west-1',
            limits: { maxLeases: 1, idleSeconds: 900 },
          },
          by,
        }),
      );
      expect(refused.details.errors?.map(({ field }) => field)).toEqual([
        'limits.maxLeases',
        'limits.idleSeconds',
      ]);
      expect(refused.message).toContain(delivery);
    },
  );
});

describe('somebody who reads the keys', () => {
  /** A program that runs until it is killed, started by a shell for one line. */
  async function program() {
    const child = spawn('sh', ['-c', 'read line; exit 0']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    return child;
  }
  const kinds = (id: string) =>
    owner.stint.leases.list(id).map(({ kind, uses, reason }) => ({ kind, uses, reason }));

  it('has one lease for each process, with its name and pid, while that runs', async () => {
    const id = await added({});
    await start(id);
    const child = await program();
    read(id, { pid: child.pid });
    read(id, { pid: child.pid });
    read(id, { pid: process.pid });
    // The shell is there for this line alone, so it is not the program.
    expect(owner.stint.leases.list(id)).toMatchObject([{ pid: process.pid, uses: 3 }]);
    expect(owner.stint.leases.list(id)[0]?.process).toMatch(/^\S/);
    const other = spawn('cat');
    await once(other, 'spawn');
    read(id, { pid: other.pid });
    expect(owner.stint.leases.list(id)[0]).toMatchObject({ pid: other.pid, process: 'cat' });
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
    await owner.stint.leases.sweep();
    expect(owner.stint.leases.list(id)[0]).toMatchObject({ reason: 'process-gone' });
    expect(owner.stint.leases.list(id)[1]).not.toHaveProperty('closedAt');
  });

  it('holds the lease until what was read expires, and later if it reads again', async () => {
    const id = await added({});
    await start(id);
    const expiresAt = startedAt(id) + 1000_000;
    read(id, { kind: 'static', process: 'bash', expiresAt });
    await owner.pass(500);
    read(id, { kind: 'static', process: 'bash', expiresAt: expiresAt + 1000_000 });
    await owner.pass(600);
    await owner.stint.leases.sweep();
    expect(kinds(id)).toEqual([{ kind: 'static', uses: 2, reason: undefined }]);
    await owner.pass(1000);
    await owner.stint.leases.sweep();
    expect(kinds(id)).toEqual([{ kind: 'static', uses: 2, reason: 'expired' }]);
  });

  it('counts for maxLeases: the next one is refused, and the run ends with the last', async () => {
    const id = await added({ maxLeases: 1 });
    await start(id);
    const expiresAt = startedAt(id) + 1000_000;
    read(id, { pid: process.pid, expiresAt });
    read(id, { pid: process.pid, expiresAt });
    expect(() => {
      read(id, { kind: 'static' });
    }).toThrow('is 1 lease in all');
    await owner.pass(1001);
    await owner.stint.leases.sweep();
    expect((await endOf(id)).lastEnd?.reason).toBe('lease-limit');
  });
});

describe('a run that is idle', () => {
  it('ends when nothing has asked for its credentials for so long', async () => {
    const id = await added({ idleSeconds: 1800 });
    await start(id);
    await owner.pass(1799);
    expect(session(id).status).toBe('active');
    await owner.pass(2);
    expect((await endOf(id)).lastEnd?.reason).toBe('idle');
  });

  it('starts over with each use of a lease, and each reading of the credentials', async () => {
    const id = await added({ idleSeconds: 1800 });
    await start(id);
    await owner.pass(1000);
    const { lease } = await open(id);
    await owner.pass(1700);
    owner.stint.leases.noteUse(lease.leaseId);
    await owner.pass(1700);
    read(id, { expiresAt: startedAt(id) + 36_000_000 });
    await owner.pass(1790);
    expect(session(id).status).toBe('active');
    await owner.pass(20);
    expect((await endOf(id)).lastEnd?.reason).toBe('idle');
    expect(owner.stint.leases.list(id)).toMatchObject([
      { kind: 'credential-process', reason: 'idle', uses: 1 },
      { kind: 'endpoint', reason: 'idle', uses: 1 },
    ]);
  });

  it('is found idle when the machine wakes, and never without the limit', async () => {
    const [idle, other] = [await added({ idleSeconds: 3600 }), await added({}, 'ben')];
    await Promise.all([start(idle), start(other)]);
    owner.sleep(4000);
    owner.stint.scheduler.tick();
    expect((await endOf(idle)).lastEnd?.reason).toBe('idle');
    expect(session(other).status).toBe('active');
  });
});

describe('a lease', () => {
  it('is closed when the process that opened it is gone, and not before', async () => {
    const id = await added();
    await start(id, { untilLastLease: true });
    const child = spawn('sleep', ['60']);
    await open(id, { kind: 'exec', process: 'sleep', pid: child.pid });
    await owner.pass(60);
    expect(owner.stint.leases.list(id)).toMatchObject([{ kind: 'exec', process: 'sleep' }]);
    expect(owner.stint.leases.list(id)[0]?.closedAt).toBeUndefined();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await eventually(
      async () => {
        await owner.pass(16);
        return session(id);
      },
      ({ status }) => status === 'inactive',
    );
    expect(session(id).lastEnd?.reason).toBe('stopped');
    expect(owner.stint.leases.list(id)).toMatchObject([{ reason: 'process-gone' }]);
  });

  it.each([
    ['stopped', (id: string) => owner.stint.sessions.stop(id, { by })],
    ['max-duration', () => owner.pass(61)],
  ] as const)('ends with its run, for the same reason: %s', async (reason, end) => {
    const id = await added({ maxSessionSeconds: 60 });
    await start(id);
    await open(id);
    await end(id);
    await endOf(id);
    expect(owner.stint.leases.list(id)).toMatchObject([{ reason }]);
  });

  it('of a removed session ends too', async () => {
    const id = await added();
    await start(id);
    const { lease } = await open(id);
    await owner.stint.sessions.remove(id, { by });
    const { items } = owner.stint.history.list({ session: id });
    expect(items.find(({ kind }) => kind === 'lease-closed')).toMatchObject({
      runId: lease.runId,
      message: 'endpoint: removed',
    });
  });
});

describe('a session that was started for a command', () => {
  it('does not wait for its first lease for ever', async () => {
    const id = await added();
    await start(id, { untilLastLease: true });
    await owner.pass(50);
    expect(session(id)).toMatchObject({ status: 'active', run: { untilLastLease: true } });
    const ended = await eventually(
      async () => {
        await owner.pass(16);
        return session(id);
      },
      ({ status }) => status === 'inactive',
    );
    expect(ended.lastEnd).toMatchObject({ reason: 'stopped' });
  });

  it('stays once somebody starts it for itself, also while it is starting', async () => {
    const id = await added();
    const [one, other] = [start(id, { untilLastLease: true }), start(id)];
    await Promise.all([one, other]);
    const { lease } = await open(id);
    await owner.stint.leases.close(lease.leaseId, by);
    expect(session(id).status).toBe('active');
    expect(session(id).run).not.toHaveProperty('untilLastLease');
  });
});

describe('an owner that could not get back its port', () => {
  it('closes the leases that ask there, and leaves those that ask over the socket', async () => {
    const id = await added();
    await start(id);
    const lost = await open(id, { port: 4711 });
    const bySocket = await open(id, { port: 4711, bySocket: true });
    const file = join(owner.folder, 'stint', 'access.db');
    const stored = new LeaseDatabase({ file, now: Date.now });
    expect(stored.all().leases.map(({ bySocket: mark }) => mark)).toEqual([false, true]);
    stored.close();
    expect(owner.stint.leases.addresses.port()).toBe(4711);
    const [sentence, ...others] = owner.stint.leases.addresses.closeUnreachable(4712, {
      before: 4711,
    });
    expect(sentence).toContain('can no longer use session anna');
    expect(others).toEqual([]);
    const reason = (leaseId: string) => owner.stint.leases.find(leaseId)?.reason;
    expect(reason(lost.lease.leaseId)).toBe('address-lost');
    expect(reason(bySocket.lease.leaseId)).toBeUndefined();
  });
});
