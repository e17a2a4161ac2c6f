import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import { extendRun } from '../../../src/services/sessions/extend.ts';
import { scheduledRuns } from '../../support/scheduled-runs.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';

const by = 'anna';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How somebody sets the clock. */
const changes = [
  ['an hour forward', hour],
  ['an hour back', -hour],
  ['three days forward', 3 * day],
  ['three days back', -3 * day],
] as const;

type Runs = ReturnType<typeof scheduledRuns>;
const endOf = ({ repository }: Runs, sessionId: string) =>
  repository.get(sessionId).lastEnd?.reason;

describe.each(changes)('a clock that is set %s', (_name, change) => {
  it('ends no run early or late by its maximum duration, and shows the end by the new time', async () => {
    const runs = scheduledRuns();
    const { scheduler, start, clock, repository } = runs;
    const sessionId = await start('anna', { limits: { maxSessionSeconds: 7200 } });
    scheduler.start();
    await clock.advance(30 * minute);
    clock.set(change);
    await clock.advance(15_000);
    const end = Date.parse(repository.get(sessionId).run?.endsAt ?? '');
    expect(end - clock.now()).toBe(90 * minute - 15_000);
    await clock.advance(90 * minute - 15_000 - 1_000);
    expect(repository.get(sessionId).status).toBe('active');
    await clock.advance(1_000);
    expect(endOf(runs, sessionId)).toBe('max-duration');
    await scheduler.stop();
  });

  it('ends no run early or late as idle', async () => {
    const runs = scheduledRuns();
    const { scheduler, start, clock, repository, use, workspace } = runs;
    const settings = workspace.store.settings();
    workspace.store.settings = () => ({ ...settings, defaultDelivery: 'endpoint-only' });
    const sessionId = await start('anna', { limits: { idleSeconds: 1800 } });
    scheduler.start();
    await clock.advance(20 * minute);
    use(sessionId);
    clock.set(change);
    await clock.advance(30 * minute - 1_000);
    expect(repository.get(sessionId).status).toBe('active');
    await clock.advance(1_000);
    expect(endOf(runs, sessionId)).toBe('idle');
    await scheduler.stop();
  });

  it('takes no credentials for expired, and renews them when it is time', async () => {
    const { scheduler, start, clock, repository, entries } = scheduledRuns();
    const sessionId = await start('anna');
    scheduler.start();
    await clock.advance(10 * minute);
    clock.set(change);
    await clock.advance(25 * minute);
    expect(repository.get(sessionId).rotatedAt).toBeUndefined();
    await clock.advance(5 * minute);
    expect(repository.get(sessionId).rotatedAt).toBeDefined();
    expect(entries.map(({ kind }) => kind)).toEqual(['session-started', 'session-rotated']);
    await scheduler.stop();
  });

  it('serves no expired credentials', async () => {
    const { scheduler, start, clock, provider, repository, delivered } = scheduledRuns();
    const sessionId = await start('anna');
    provider.obtain = () =>
      Promise.reject(
        new Problem('cloud-unreachable', {
          next: 'Try again.',
          detail: 'The cloud does not answer.',
        }),
      );
    scheduler.start();
    clock.set(change);
    await clock.advance(hour - 1_000);
    expect(delivered).toContain(sessionId);
    await clock.advance(1_000);
    expect(delivered).not.toContain(sessionId);
    expect(repository.get(sessionId).status).toBe('pending');
    await scheduler.stop();
  });

  it('lets no question to a person expire', async () => {
    const { put, runner, prompts, provider, clock } = scheduledRuns();
    const { sessionId } = await put({ sessionName: 'anna' });
    provider.obtain = async ({ ask }) => {
      await ask({ kind: 'mfa', text: 'MFA code' });
      throw new Problem('cloud-refused', { next: 'Try again.', detail: 'AWS says no.' });
    };
    const started = runner
      .start(sessionId, { by })
      .catch((error: unknown) => (error as Problem).code);
    await clock.advance(0);
    clock.set(change);
    await clock.advance(4 * minute);
    const [prompt] = prompts.list();
    await prompts.answer(prompt?.promptId ?? '', { answer: '123456' });
    expect(await started).toBe('cloud-refused');
  });

  it('ends the validity of a session by the new time', async () => {
    const runs = scheduledRuns();
    const { scheduler, start, clock, repository } = runs;
    const validUntil = new Date(clock.now() + change + 2 * hour).toISOString();
    const sessionId = await start('anna', change > 0 ? { validUntil } : {});
    scheduler.start();
    clock.set(change);
    if (change < 0) {
      await repository.changeDefinition(sessionId, (session) => ({ ...session, validUntil }));
    }
    await clock.advance(2 * hour - 1_000);
    expect(repository.get(sessionId).status).toBe('active');
    await clock.advance(1_000);
    expect(endOf(runs, sessionId)).toBe('valid-until');
    expect(repository.get(sessionId).archivedAt).toBe(validUntil);
    await scheduler.stop();
  });
});

it('a clock that was set while no owner ran is noticed by the next one', async () => {
  const { scheduler, start, clock, repository } = scheduledRuns();
  const sessionId = await start('anna', { limits: { maxSessionSeconds: 7200 } });
  clock.set(hour);
  scheduler.start();
  await clock.advance(0);
  const end = Date.parse(repository.get(sessionId).run?.endsAt ?? '');
  expect(end - clock.now()).toBe(2 * hour);
  await scheduler.stop();
});

it('an extension counts from the end by elapsed time', async () => {
  const { scheduler, start, clock, repository, ...runs } = scheduledRuns();
  const sessionId = await start('anna', { limits: { maxSessionSeconds: 7200 } });
  scheduler.start();
  await clock.advance(hour);
  clock.set(-5 * hour);
  await extendRun({ ...runs, clock, repository }, sessionId, { seconds: 3600, by });
  await clock.advance(2 * hour - 1_000);
  expect(repository.get(sessionId).status).toBe('active');
  await clock.advance(1_000);
  expect(repository.get(sessionId).lastEnd?.reason).toBe('max-duration');
  await scheduler.stop();
});

describe('sleep', () => {
  it('counts for the maximum duration and for idleness', async () => {
    const runs = scheduledRuns();
    const { scheduler, start, clock } = runs;
    const limited = await start('anna', { limits: { maxSessionSeconds: 7200 } });
    scheduler.start();
    clock.sleep(3 * hour);
    await clock.advance(0);
    expect(endOf(runs, limited)).toBe('max-duration');
    await scheduler.stop();
  });

  it('lets what failed before be tried again within seconds', async () => {
    const { scheduler, start, clock, provider, repository } = scheduledRuns();
    const sessionId = await start('anna');
    const obtain = provider.obtain.bind(provider);
    provider.obtain = () =>
      Promise.reject(
        new Problem('cloud-unreachable', {
          next: 'Try again.',
          detail: 'The cloud does not answer.',
        }),
      );
    scheduler.start();
    await clock.advance(2 * hour);
    provider.obtain = obtain;
    clock.sleep(minute);
    await clock.advance(5_000);
    expect(repository.get(sessionId).status).toBe('active');
    await scheduler.stop();
  });
});

it('another network lets what failed before be tried again within seconds', async () => {
  const { scheduler, start, clock, provider, repository, location } = scheduledRuns();
  const sessionId = await start('anna');
  const obtain = provider.obtain.bind(provider);
  // As behind the sign-in page of a hotel.
  provider.obtain = () =>
    Promise.reject(
      new Problem('cloud-unreachable', { next: 'Try again.', detail: 'Another server answered.' }),
    );
  scheduler.start();
  await clock.advance(2 * hour);
  const nextTry = () => Date.parse(repository.get(sessionId).run?.renewalFailure?.nextTryAt ?? '');
  // To that try, which fails too: when it is due depends on chance.
  await clock.advance(nextTry() - clock.now());
  expect(nextTry() - clock.now()).toBeGreaterThan(20_000);
  provider.obtain = obtain;
  location.network = 'train';
  await clock.advance(20_000);
  expect(repository.get(sessionId).status).toBe('active');
  await scheduler.stop();
});

it('daylight saving changes nothing: instants count, not the time on the wall', async () => {
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Europe/Berlin';
  try {
    const runs = scheduledRuns();
    const { scheduler, start, clock } = runs;
    await clock.advance(Date.parse('2027-03-28T00:30:00.000Z') - clock.now());
    expect(new Date(clock.now() + hour).getHours() - new Date(clock.now()).getHours()).toBe(2);
    const validUntil = new Date(clock.now() + 90 * minute).toISOString();
    const [limited, valid] = [
      await start('limited', { limits: { maxSessionSeconds: 5400 } }),
      await start('valid', { validUntil }),
    ];
    scheduler.start();
    await clock.advance(90 * minute - 1_000);
    expect(endOf(runs, limited)).toBeUndefined();
    expect(endOf(runs, valid)).toBeUndefined();
    await clock.advance(1_000);
    expect(endOf(runs, limited)).toBe('max-duration');
    expect(endOf(runs, valid)).toBe('valid-until');
    await scheduler.stop();
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

describe('many renewals at once', () => {
  it('run four at a time for one integration, those that expire first before the others', async () => {
    const { scheduler, start, clock, provider } = scheduledRuns();
    const fields = fieldsOfEveryType.awsSsoRole;
    const all: string[] = [];
    let lifetime = hour;
    const issue = async () => {
      lifetime -= 1_000;
      await Promise.resolve();
      return {
        credentials: {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'secret',
          sessionToken: 'token',
          expiration: new Date(clock.now() + lifetime).toISOString(),
        },
        grantedSeconds: 3600,
      };
    };
    provider.obtain = issue;
    for (let count = 0; count < 40; count += 1) {
      const sessionName = `account ${count}`;
      all.push(await start(sessionName, { ...fields, sessionName }));
    }
    const [order, together] = [[] as string[], { now: 0, most: 0 }];
    provider.obtain = async ({ session }) => {
      order.push(session.sessionId);
      together.now += 1;
      together.most = Math.max(together.most, together.now);
      await new Promise((resolve) => setImmediate(resolve));
      together.now -= 1;
      lifetime = 2 * hour;
      return await issue();
    };
    clock.sleep(45 * minute);
    scheduler.start();
    await clock.advance(1_000);
    await clock.advance(1_000);
    expect(together.most).toBe(4);
    expect(order).toEqual(all.toReversed());
    await scheduler.stop();
  });
});

describe('a service whose clock is 200 s behind', () => {
  // Its own difference, as measured with the credentials; and none, as another answer of it said since.
  it.each([-200_000, 0])(
    'is asked often until its credentials expire by its clock, where %i ms are measured since',
    async (measured) => {
      const { scheduler, provider, start, clock, elapsed, entries } = scheduledRuns({ measured });
      const issue = () =>
        Promise.resolve({
          credentials: {
            accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
            secretAccessKey: 'secret',
            sessionToken: 'token',
            expiration: new Date(elapsed.now() + 900_000 - 200_000).toISOString(),
          },
          grantedSeconds: 900,
          clockOffset: -200_000,
        });
      provider.obtain = issue;
      await start('anna');
      scheduler.start();
      provider.obtain = () =>
        Promise.reject(new Problem('cloud-unreachable', { detail: 'No answer.', next: 'Wait.' }));
      await clock.advance(800_000);
      provider.obtain = issue;
      await clock.advance(100_000);
      expect(entries.map(({ kind }) => kind)).toEqual([
        'session-started',
        'rotation-failed',
        'session-rotated',
      ]);
      await scheduler.stop();
    },
  );
});
