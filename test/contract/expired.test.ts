import { describe, expect, it } from 'vitest';
import { aRunningApi } from '../support/running-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

/*
 * The scheduler does not run here, as for the moment in which a machine wakes up: the session is still active,
 * and a program asks for its credentials before the scheduler looks.
 */

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

/** A session that runs for an hour at a cloud whose clock is ahead by so many seconds, and all that gives its keys. */
async function doorsAt(clockOffsetSeconds: number) {
  await owner.cloud.setOverrides({ clockOffsetSeconds, signatureMinutes: 15 });
  const fields = { delivery: 'endpoint-only', tokenSeconds: 3600 };
  const { sessionId } = (await owner.addUser('anna', { fields })).session;
  await owner.ask('POST', `/v1/sessions/${sessionId}/start`, { body: {} });
  const open = async (body: object) => {
    const answer = await owner.ask('POST', `/v1/sessions/${sessionId}/leases`, { body });
    return (await answer.json()) as { lease: { leaseId: string }; token: string };
  };
  const { lease, token } = await open({ kind: 'endpoint' });
  const narrowed = await open({ kind: 'exec', readOnly: true });
  const tcp = { kind: 'tcp', port: 4711 } as const;
  const lent = async (authorization: string) =>
    await owner.ask('GET', `/credentials/${sessionId}`, {
      headers: { authorization, host: '127.0.0.1:4711' },
      connection: tcp,
    });
  const path = `/v1/sessions/${sessionId}`;
  const doors: Readonly<Record<string, () => Promise<Response>>> = {
    'the endpoint of SDKs': () => lent(token),
    credential_process: () => owner.ask('GET', `${path}/credentials`),
    'credential_process of a lease': () =>
      owner.ask('GET', `/v1/leases/${lease.leaseId}/credentials`),
    'the clipboard': () => owner.ask('POST', `${path}/copy`),
  };
  const rawHeaders = ['Host', '127.0.0.1:4711', 'Authorization', token];
  const direct = async () =>
    await owner.api.direct({ method: 'GET', url: `/credentials/${sessionId}`, rawHeaders }, tcp);
  return {
    statuses: async () => {
      const statuses = new Map<string, number>();
      for (const [door, ask] of Object.entries(doors)) statuses.set(door, (await ask()).status);
      return Object.fromEntries(statuses);
    },
    direct,
    narrowed: async () => (await lent(narrowed.token)).status,
    all: (status: number) =>
      Object.fromEntries(Object.keys(doors).map((door) => [door, status])) as object,
  };
}

describe.each([0, 3 * 3600, -2 * 3600])('where the clock of AWS is %i s ahead', (ahead) => {
  it('credentials are given until they expire by that clock, and then by nothing', async () => {
    const { statuses, all, direct } = await doorsAt(ahead);
    owner.sleep(3590);
    expect(await statuses()).toEqual(all(200));
    expect(await direct()).toBeDefined();
    owner.sleep(15);
    expect(await statuses()).toEqual(all(409));
    expect(await direct()).toBeUndefined();
  });

  it('narrowed credentials are given until they expire by that clock, while AWS does not answer', async () => {
    const { narrowed } = await doorsAt(ahead);
    await owner.cloud.setOverrides({ clockOffsetSeconds: ahead, failNext: 100_000 });
    owner.sleep(3590);
    expect(await narrowed()).toBe(200);
    owner.sleep(15);
    expect(await narrowed()).not.toBe(200);
    owner.sleep(60);
    expect(await narrowed()).not.toBe(200);
  });
});
