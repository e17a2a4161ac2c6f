import { expect, it } from 'vitest';
import { timeLeft } from '../../../src/cli/sessions/time-left.ts';
import { checkOwner } from '../../../src/cli/doctor/owner.ts';
import { aRunningApi } from '../../support/running-owner.ts';
import type { ScratchApi } from '../../support/scratch-api.ts';
import { by } from '../../support/session-journey.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

/** Starts a session at a cloud whose clock is ahead by this many seconds. */
async function startedAt(clockOffsetSeconds: number) {
  await owner.cloud.setOverrides({ clockOffsetSeconds, signatureMinutes: 15 });
  const { session } = await owner.addUser('anna', { fields: { tokenSeconds: 3600 } });
  return await owner.stint.sessions.start(session.sessionId, { by });
}

it.each([
  [-7200, '2 h ahead of'],
  [10_800, '3 h behind'],
])(
  'a clock that differs by %i s is reported by start and doctor, and the time left is right',
  async (offset, how) => {
    const { session, findings } = await startedAt(offset);
    const clock = findings.filter(({ code }) => code === 'clock');
    expect(clock.map(({ message }) => message)).toEqual([
      expect.stringContaining(`The clock of this machine is ${how} the cloud's.`),
    ]);
    const doctor = await checkOwner({ owner: owner.client, shell: { env: {} } } as never);
    expect(doctor.findings.map((finding) => JSON.stringify(finding))).toContainEqual(
      expect.stringContaining(`The clock of this machine is ${how} the cloud's.`),
    );
    expect(['1 h', '59 min']).toContain(timeLeft(session));
    await owner.stint.sessions.stop(session.sessionId, { by });
    expect(owner.stint.sessions.get(session.sessionId)).not.toHaveProperty('clockOffsetSeconds');
  },
);

it('a difference below a minute is not mentioned', async () => {
  const { session, findings } = await startedAt(30);
  expect(findings).toEqual([]);
  expect(owner.stint.notices()).toEqual([]);
  expect(session).not.toHaveProperty('clockOffsetSeconds');
});
