import { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import type { ElapsedTime } from '../../../src/services/clock/elapsed-time.ts';
import { idleEnd } from '../../../src/services/leases/lease-limits.ts';
import { Scheduler } from '../../../src/services/rotation/scheduler.ts';
import { extendRun } from '../../../src/services/sessions/extend.ts';
import { Reconciliation } from '../../../src/services/sessions/reconcile.ts';
import { runsInMemory } from '../runs-in-memory.ts';
import { SimulatedClouds } from './clouds.ts';
import { countedBy, endLate, retrySlowly, type Fault } from './faults.ts';
import { SimulatedMachine, workDone } from './machine.ts';
import { Observer } from './observer.ts';
import { OwnersTime } from './owners-time.ts';
import { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const by = 'anna';

export interface SimulationResult {
  /** What must not happen and did, with its virtual time; undefined where all is well. */
  readonly failure: string | undefined;
  readonly counts: Observer['counts'];
}

export interface SimulationOptions {
  /** 1,000 if omitted. */
  readonly sessions?: number;
  /** 30 if omitted. */
  readonly days?: number;
  /** Breaks Stint on purpose. */
  readonly fault?: Fault;
  /**
   * Somebody, or something, sets the clock again and again: by seconds, hours and years, forward and back. On
   * most nights Stint is ended, and the next one finds another clock than the one before, or a machine that was
   * switched off.
   */
  readonly clock?: 'chaos';
}

/**
 * Months of a person's work in virtual time: `sessions` sessions over `days` days, with the real scheduler,
 * runner, repository and prompts. Simulated are time, the clouds, the files and the person. A seed always
 * gives the same result: while it runs, the random numbers of Stint come from the seed as well.
 */
export async function simulate(
  seed: number,
  options: SimulationOptions = {},
): Promise<SimulationResult> {
  const { random } = Math;
  const ofStint = new Random(~seed);
  Math.random = () => ofStint.next();
  try {
    return await simulateMonth(new Random(seed), options);
  } finally {
    Math.random = random;
  }
}

async function simulateMonth(
  random: Random,
  { sessions = 1_000, days = 30, fault, clock }: SimulationOptions,
): Promise<SimulationResult> {
  const machine = new SimulatedMachine(Date.parse('2026-11-02T07:00:00.000Z'));
  const clouds = new SimulatedClouds(machine, random, days);
  const observer = new Observer(machine, clouds);
  const time = await OwnersTime.begin(countedBy(machine, fault));
  const elapsed = time as unknown as ElapsedTime;
  const runs = runsInMemory({ clock: machine, elapsed, provider: clouds.provider(fault) });
  const { repository, runner, prompts, events, delivered } = runs;
  if (fault === 'slow-retries') retrySlowly(runner, machine);
  if (fault === 'late-ends') endLate(runner, machine);
  runs.history.append = (entry) => {
    observer.sawEntry(entry, repository.find(entry.sessionId ?? ''));
    return true;
  };
  events.subscribe(({ event }) => {
    if (event.type === 'session') observer.sawSession(repository.get(event.session.sessionId));
  });
  const reconciliation = new Reconciliation(runs);
  const newScheduler = () =>
    new Scheduler({
      ...runs,
      network: () => 'home',
      reconciliation: {
        leftOf: () => false,
        removeLeftovers: () => Promise.resolve(),
        // The check of a file costs more than everything else, and finds nothing here: one in forty is made.
        restore: (id: string) => (random.chance(1 / 40) ? reconciliation.restore(id) : nothingToDo),
      } as unknown as Reconciliation,
      keyRotations: { resume: () => nothingToDo },
      purge: () => nothingToDo,
      leases: {
        idleEnd: (session) => idleEnd(session, undefined),
        sweep: () => nothingToDo,
      },
    });

  const waiting: Session[] = [];
  for (let count = 0; count < sessions; count += 1) {
    const service = random.oneOf(clouds.services);
    const limits = random.chance(0.3)
      ? { limits: { maxSessionSeconds: Math.round(random.between(900, 20_000)) } }
      : {};
    const names = {
      sessionName: `${service.name} ${count}`,
      profileName: `${service.name}-${count}`,
    };
    waiting.push(await runs.put({ ...names, ...limits }, random.uuid()));
  }
  let scheduler = newScheduler();
  scheduler.start();

  /** A refusal that a person can act on is none of a bug. */
  const attempt = (work: Promise<unknown>) => {
    work.catch((error: unknown) => {
      if (!(error instanceof Problem)) observer.failure ??= String((error as Error).stack);
    });
  };
  const anyOf = (status: string) => {
    const some = repository.all().filter((session) => session.status === status);
    return some.length === 0 ? undefined : random.oneOf(some).sessionId;
  };
  const startNext = () => {
    const id = waiting.pop()?.sessionId ?? anyOf('inactive');
    if (id !== undefined) attempt(runner.start(id, { by }));
  };
  const withActive = (act: (id: string) => Promise<unknown>) => {
    const id = anyOf('active');
    if (id !== undefined) attempt(act(id));
  };
  /** Nobody has so many at work for long. */
  const tidyUp = () => {
    const active = repository.all().filter(({ status }) => status !== 'inactive');
    for (const { sessionId } of active.slice(12)) attempt(stop(sessionId));
  };
  const stop = (id: string) => runner.end(id, { reason: 'stopped', message: 'Stopped.', by });
  const acts = [
    startNext,
    startNext,
    startNext,
    () => {
      withActive(stop);
    },
    () => {
      withActive(stop);
    },
    () => {
      if (random.chance(0.3)) withActive((id) => runner.rotate(id, by));
    },
    () => {
      withActive((id) => extendRun(runs, id, { seconds: 1800, by }));
    },
    () => {
      for (const { promptId } of prompts.list()) {
        attempt(
          prompts.answer(promptId, random.chance(0.9) ? { answer: '123456' } : { cancel: true }),
        );
      }
    },
    () => {
      const ahead = random.oneOf([0, 0, hour, -hour, 3 * day, -3 * day, random.between(-9e5, 9e5)]);
      if (random.chance(0.15)) machine.setClock(ahead);
    },
  ];

  const begun = machine.time;
  let awakeSince = begun;
  for (let today = 0; today < days && !observer.hasFailed(); today += 1) {
    const evening = begun + today * day + random.between(9, 11) * hour;
    while (machine.time < evening && !observer.hasFailed()) {
      await machine.runUntil(machine.time + random.between(10_000, 8 * minute));
      random.oneOf(acts)();
      // Also between a start, a rotation or a stop and what comes of it.
      if (clock === 'chaos' && random.chance(0.3)) machine.setClock(anyDifference(random));
      tidyUp();
      await workDone();
      if (random.chance(0.02)) {
        machine.sleep(random.between(10_000, 90 * minute));
        awakeSince = machine.time;
      }
      observer.check(repository.all(), delivered, awakeSince);
    }
    const isEnded = clock === 'chaos' && random.chance(0.7);
    if (isEnded) {
      await scheduler.stop();
      await time.endOwner();
    }
    machine.sleep(Math.max(0, begun + (today + 1) * day - machine.time));
    awakeSince = machine.time;
    if (isEnded) {
      // How long it was off, only its clock can say, so that stays.
      if (random.chance(0.5)) machine.restart();
      else machine.setClock(anyDifference(random));
      time.beginOwner();
      await reconciliation.reconcile();
      scheduler = newScheduler();
      scheduler.start();
    }
  }
  await scheduler.stop();
  await time.remove();
  return { failure: observer.failure, counts: observer.counts };
}

/** Of a clock from true time, in milliseconds; any size is as likely as any other, from seconds to years. */
function anyDifference(random: Random): number {
  const most = random.oneOf([
    5_000,
    minute,
    20 * minute,
    5 * hour,
    3 * day,
    400 * day,
    9_000 * day,
  ]);
  return random.between(-most, most);
}

const nothingToDo = Promise.resolve();
