import { expect, test } from 'vitest';
import { createAnnouncer, type Announcer } from '../../electron/notifications/announcer.ts';
import { FakeClock } from '../fakes/clock.ts';
import { createFakeElectron } from '../fakes/electron/fake-electron.ts';
import { identityCenter, orders, payments, userName } from '../support/identity-center.ts';
import { aRunningOwner } from '../support/running-owner.ts';
import { eventually, type ScratchOwner } from '../support/scratch-owner.ts';
import { by } from '../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});

/** Ten sessions of each of two integrations, which run, and a desktop app that watches them. */
async function twentySessions() {
  const centers = [await identityCenter(owner, 'acme'), await identityCenter(owner, 'globex')];
  for (const [index, center] of centers.entries()) {
    await center.offer(index === 0 ? payments : orders, ...roles);
    await center.sync();
  }
  const { stint } = owner;
  for (const { sessionId } of stint.sessions.list()) await stint.sessions.start(sessionId, { by });

  const electron = createFakeElectron({ platform: 'darwin' });
  const clock = new FakeClock();
  const announcer = createAnnouncer({
    runtime: electron.runtime,
    platform: 'darwin',
    act: () => undefined,
    isWindowInFront: () => false,
    clock,
  });
  /** The integrations that asked for a sign-in. */
  const asked: (string | undefined)[] = [];
  const show = () => {
    announcer.show({
      sessions: stint.sessions.list(),
      prompts: stint.prompts.list(),
      vaultLocked: false,
      settings: undefined,
      reachable: true,
    });
  };
  show();
  stint.events.subscribe(({ event }) => {
    if (event.type === 'prompt') asked.push(event.prompt.integrationId);
    show();
  });
  stint.scheduler.start();
  return { centers, electron, clock, announcer, asked };
}

/** Several wake-ups, as a lid that is opened and closed causes them. */
async function sleepEightHours(announcer: Announcer): Promise<void> {
  owner.sleep(8 * 3600);
  announcer.woke();
  for (let wakeUp = 0; wakeUp < 4; wakeUp += 1) {
    owner.stint.scheduler.tick();
    await owner.pass(16);
  }
}

const running = () => owner.stint.sessions.list().filter(({ status }) => status !== 'inactive');

const roles = Array.from({ length: 10 }, (_, index) => `Role${index}`);

test('after eight hours of sleep, 20 sessions whose sign-ins are over end with one notification, and each integration asks at most once', async () => {
  const { centers, electron, clock, announcer, asked } = await twentySessions();
  expect(running()).toHaveLength(20);
  for (const { startUrl } of centers) await owner.cloud.endSsoSession({ startUrl, userName });
  await sleepEightHours(announcer);
  // Credentials that have expired wait for a service, and never for a person.
  await eventually(
    () => running().length,
    (count) => count === 0,
  );
  await clock.advance(120_000);
  expect(electron.told).toEqual([
    expect.stringMatching(/^Stint: 20 sessions have ended: .+ and 17 more$/),
  ]);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('after eight hours of sleep, 20 sessions whose sign-ins are renewed continue without a word', async () => {
  const { electron, clock, announcer, asked } = await twentySessions();
  const before = new Map(running().map(({ sessionId, rotatedAt }) => [sessionId, rotatedAt]));
  await sleepEightHours(announcer);
  await eventually(
    () =>
      running().filter(
        ({ sessionId, status, rotatedAt }) =>
          status === 'active' && rotatedAt !== before.get(sessionId),
      ).length,
    (count) => count === 20,
  );
  await clock.advance(120_000);
  expect([electron.told, asked]).toEqual([[], []]);
});
