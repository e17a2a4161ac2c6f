import { monitorEventLoopDelay } from 'node:perf_hooks';
import { v4 as uuid } from 'uuid';
import { systemClock, type MachineClock } from '../../src/services/clock/clock.ts';
import { ElapsedTime } from '../../src/services/clock/elapsed-time.ts';
import type { CredentialProvider } from '../../src/services/providers/provider.ts';
import type { Session } from '../../src/models/session.ts';
import { Scheduler } from '../../src/services/rotation/scheduler.ts';
import { Reconciliation } from '../../src/services/sessions/reconcile.ts';
import { runsInMemory } from '../../test/support/runs-in-memory.ts';
import { fieldsOfEveryType } from '../../test/support/sessions.ts';
import { row, type Row, type Subject } from './row.ts';

const count = 1000;
const latency = 100;
/** Of RenewalSlots: four for each integration. */
const integrations = 4;
const atATime = 16;

/** Many sessions that are due at once, with a cloud that takes its time. Files are in memory. */
export const dueSubject: Subject = { name: 'due', measure };

async function measure(): Promise<readonly Row[]> {
  const shift = { milliseconds: 0 };
  const clock: MachineClock = {
    ...systemClock,
    now: () => systemClock.now() + shift.milliseconds,
    uptime: () => systemClock.uptime() + shift.milliseconds,
  };
  const elapsed = new ElapsedTime(clock);
  const answers = { delay: 0 };
  const runs = runsInMemory({ clock, elapsed, provider: slowProvider(elapsed, answers) });
  await startAll(runs);
  const scheduler = new Scheduler({
    ...runs,
    reconciliation: new Reconciliation(runs),
    keyRotations: { resume: () => Promise.resolve() },
    purge: () => Promise.resolve(),
    leases: { idleEnd: () => undefined, sweep: () => Promise.resolve() },
  });
  answers.delay = latency;
  const loop = monitorEventLoopDelay({ resolution: 1 });
  shift.milliseconds += 55 * 60_000;
  loop.enable();
  const started = performance.now();
  scheduler.start();
  const isRenewed = (session: Session) => session.rotatedAt !== undefined;
  while (!runs.repository.all().every(isRenewed)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const took = performance.now() - started;
  loop.disable();
  await scheduler.stop();
  const ideal = (count / atATime) * latency;
  return [
    row(
      `${count} sessions due at once, ${latency} ms latency`,
      took / ideal,
      `× ideal for ${atATime} at a time`,
      {
        atMost: 1.2,
      },
    ),
    row('event loop delay meanwhile, p99', loop.percentile(99) / 1e6, 'ms', { atMost: 50 }),
  ];
}

async function startAll(runs: ReturnType<typeof runsInMemory>): Promise<void> {
  const ids = Array.from({ length: integrations }, () => uuid());
  const added = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      runs.put({
        ...fieldsOfEveryType.awsSsoRole,
        sessionName: `account-${index} / Operator`,
        integrationId: ids[index % integrations] ?? '',
        delivery: 'endpoint-only',
      }),
    ),
  );
  for (const { sessionId } of added) await runs.runner.start(sessionId, { by: 'bench' });
}

function slowProvider(
  elapsed: ElapsedTime,
  answers: { readonly delay: number },
): CredentialProvider<Session> {
  return {
    unattended: () => true,
    forget: () => Promise.resolve(),
    obtain: async () => {
      await new Promise((resolve) => setTimeout(resolve, answers.delay));
      return {
        credentials: {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'secret',
          sessionToken: 'token',
          expiration: new Date(elapsed.now() + 3_600_000).toISOString(),
        },
        grantedSeconds: 3600,
      };
    },
  };
}
