import { describe, expect, it } from 'vitest';
import { Lifecycle, type EndRequest } from '../../../src/agent/lifecycle.ts';
import { FakeClock } from '../../fakes/clock.ts';

const stop: EndRequest = { end: 'stopped', sessions: 'stop' };

function scripted() {
  const clock = new FakeClock();
  const logged: string[] = [];
  const steps: string[] = [];
  const note = (operation: string, fields: { readonly name?: unknown } = {}) => {
    logged.push([operation, fields.name].filter(Boolean).join(' '));
  };
  const log = {
    debug: note,
    explain: note,
    info: note,
    warn: note,
    error: note,
    hide: () => undefined,
    close: () => undefined,
  };
  return { lifecycle: new Lifecycle({ log, clock }), clock, logged, steps };
}

const within = (milliseconds: number) => ({ stop: milliseconds, keep: milliseconds / 3 });
const never = () => new Promise<never>(() => undefined);

describe('the life cycle of an owner', () => {
  it('goes from starting to ended, and tells why it ended', async () => {
    const { lifecycle } = scripted();
    const phases = [lifecycle.phase];
    lifecycle.advance('reconciled');
    phases.push(lifecycle.phase);
    lifecycle.advance('running');
    phases.push(lifecycle.phase);
    lifecycle.join({
      name: 'phase',
      deadline: within(1000),
      join: () => Promise.resolve(void phases.push(lifecycle.phase)),
    });
    await lifecycle.end({ end: 'handed-over', sessions: 'keep' });
    expect([...phases, lifecycle.phase]).toEqual([
      'starting',
      'reconciled',
      'running',
      'draining',
      'ended',
    ]);
    expect(await lifecycle.ended).toBe('handed-over');
    lifecycle.advance('running');
    expect(lifecycle.phase).toBe('ended');
  });

  it('closes the gate and cancels before anything is awaited', () => {
    const { lifecycle, steps } = scripted();
    lifecycle.join({
      name: 'sessions',
      deadline: within(1000),
      join: () => Promise.resolve(void steps.push('join')),
    });
    lifecycle.whenDraining(() => {
      expect(() => {
        lifecycle.admit();
      }).toThrow('Stint is shutting down');
      steps.push('cancel');
    });
    expect(() => {
      lifecycle.admit();
    }).not.toThrow();
    void lifecycle.end(stop);
    expect(steps).toEqual(['cancel', 'join']);
    expect(lifecycle.signal.reason).toMatchObject({ code: 'owner-ending' });
  });

  it('joins side by side, and closes the newest resource first', async () => {
    const { lifecycle, steps } = scripted();
    const first = Promise.withResolvers<undefined>();
    lifecycle.closeAtEnd('socket', () => void steps.push('socket'));
    lifecycle.closeAtEnd('history', () => void steps.push('history'));
    lifecycle.join({
      name: 'waits for the other',
      deadline: within(1000),
      join: async () => {
        await first.promise;
        steps.push('first');
      },
    });
    lifecycle.join({
      name: 'other',
      deadline: within(1000),
      join: ({ sessions }) => {
        steps.push(`other: ${sessions}`);
        first.resolve(undefined);
        return Promise.resolve();
      },
    });
    await lifecycle.end(stop);
    expect(steps).toEqual(['other: stop', 'first', 'history', 'socket']);
  });

  it('ends without a joiner or a resource that is late, and logs which one', async () => {
    const { lifecycle, clock, logged, steps } = scripted();
    lifecycle.closeAtEnd('socket', () => void steps.push('socket'));
    lifecycle.closeAtEnd('database', never);
    lifecycle.join({ name: 'sessions', deadline: within(30_000), join: never });
    lifecycle.join({ name: 'scheduler', deadline: within(5_000), join: never });
    const ended = lifecycle.end(stop);
    await clock.advance(29_999);
    expect(logged).toEqual(['owner.join-late scheduler']);
    await clock.advance(1);
    await clock.advance(2_000);
    await ended;
    expect(logged).toEqual([
      'owner.join-late scheduler',
      'owner.join-late sessions',
      'owner.end',
      'owner.close-late database',
    ]);
    expect(steps).toEqual(['socket']);
    expect(clock.timers).toBe(0);
  });

  it('gives a hand-over less time, since the next owner waits for it', async () => {
    const { lifecycle, clock, logged } = scripted();
    lifecycle.join({ name: 'sessions', deadline: { stop: 30_000, keep: 10_000 }, join: never });
    const ended = lifecycle.end({ end: 'handed-over', sessions: 'keep' });
    await clock.advance(10_000);
    await ended;
    expect(logged).toEqual(['owner.join-late sessions', 'owner.end']);
  });

  it('ends though everything fails, and never rejects', async () => {
    const { lifecycle, logged, steps } = scripted();
    lifecycle.closeAtEnd('socket', () => void steps.push('socket'));
    lifecycle.closeAtEnd('record', () => {
      throw new Error('read-only');
    });
    lifecycle.whenDraining(() => {
      throw new Error('cannot cancel');
    });
    lifecycle.join({
      name: 'throws',
      deadline: within(1000),
      join: () => {
        throw new Error('at once');
      },
    });
    lifecycle.join({
      name: 'rejects',
      deadline: within(1000),
      join: () => Promise.reject(new Error('later')),
    });
    lifecycle.join({
      name: 'sessions',
      deadline: within(1000),
      join: () => Promise.resolve(void steps.push('sessions')),
    });
    await lifecycle.end(stop);
    expect(steps).toEqual(['sessions', 'socket']);
    expect(logged).toEqual([
      'owner.cancel-failed',
      'owner.join-failed throws',
      'owner.join-failed rejects',
      'owner.end',
      'owner.close-failed record',
    ]);
  });

  it('ends once: a second request gets the end under way', async () => {
    const { lifecycle, steps } = scripted();
    lifecycle.join({
      name: 'sessions',
      deadline: within(1000),
      join: ({ sessions }) => Promise.resolve(void steps.push(sessions)),
    });
    await Promise.all([
      lifecycle.end(stop),
      lifecycle.end({ end: 'handed-over', sessions: 'keep' }),
    ]);
    expect(steps).toEqual(['stop']);
    expect(await lifecycle.ended).toBe('stopped');
  });

  it('closes what was opened when the start fails, and admits nothing then', async () => {
    const { lifecycle, steps } = scripted();
    lifecycle.join({
      name: 'sessions',
      deadline: within(1000),
      join: () => Promise.resolve(void steps.push('join')),
    });
    lifecycle.closeAtEnd(
      'socket',
      (request) => void steps.push(`socket ${request?.end ?? 'abandoned'}`),
    );
    await lifecycle.abandon();
    expect(steps).toEqual(['socket abandoned']);
    expect(lifecycle.phase).toBe('ended');
    expect(() => {
      lifecycle.admit();
    }).toThrow('Stint is shutting down');
  });
});
