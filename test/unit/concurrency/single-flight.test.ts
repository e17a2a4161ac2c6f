import { describe, expect, it } from 'vitest';
import { SingleFlight } from '../../../src/services/concurrency/single-flight.ts';

/** Work that lasts until the test ends it, and notes when it is cancelled. */
function scripted() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const seen = { begun: 0, cancelled: undefined as unknown };
  const begin = (signal: AbortSignal) => {
    seen.begun += 1;
    signal.addEventListener('abort', () => {
      seen.cancelled = signal.reason;
      reject(signal.reason as Error);
    });
    return promise;
  };
  return { begin, resolve, reject, seen };
}

const patient = () => new AbortController().signal;

describe('work that several callers wait for', () => {
  it('runs once, for all of them', async () => {
    const shared = new SingleFlight<string>();
    const { begin, resolve, seen } = scripted();
    const all = [1, 2, 3].map(() => shared.run('key', patient(), begin));
    resolve('done');
    expect(await Promise.all(all)).toEqual(['done', 'done', 'done']);
    expect(seen.begun).toBe(1);
  });

  it('fails for all of them, and the next one begins again', async () => {
    const shared = new SingleFlight<string>();
    const first = scripted();
    const all = [1, 2].map(() => shared.run('key', patient(), first.begin));
    first.reject(new Error('refused'));
    for (const { status } of await Promise.allSettled(all)) expect(status).toBe('rejected');
    const second = scripted();
    second.resolve('done');
    expect(await shared.run('key', patient(), second.begin)).toBe('done');
  });

  it('continues while anybody waits, and is cancelled when the last one gives up', async () => {
    const shared = new SingleFlight<string>();
    const { begin, seen } = scripted();
    const [one, other] = [new AbortController(), new AbortController()];
    const waiting = [one, other].map(({ signal }) => shared.run('key', signal, begin));
    for (const work of waiting) work.catch(() => undefined);
    one.abort(new Error('stopped'));
    await expect(waiting[0]).rejects.toThrow('stopped');
    expect(seen.cancelled).toBeUndefined();
    other.abort(new Error('stopped, too'));
    await expect(waiting[1]).rejects.toThrow('stopped, too');
    expect(seen.cancelled).toEqual(new Error('stopped, too'));
  });

  it('is not joined once it is cancelled, even while it is still ending', async () => {
    const shared = new SingleFlight<string>();
    const slow = Promise.withResolvers<string>();
    const cancelled = shared.run('key', patient(), () => slow.promise);
    shared.cancel('key', new Error('logged out'));
    expect(await shared.run('key', patient(), () => Promise.resolve('fresh'))).toBe('fresh');
    slow.reject(new Error('logged out'));
    await expect(cancelled).rejects.toThrow('logged out');
  });

  it('is not joined once everybody has given up', async () => {
    const shared = new SingleFlight<string>();
    const ending = scripted();
    const leaving = new AbortController();
    const left = shared.run('key', leaving.signal, ending.begin);
    left.catch(() => undefined);
    leaving.abort(new Error('stopped'));
    await expect(left).rejects.toThrow('stopped');
    const next = scripted();
    next.resolve('fresh');
    expect(await shared.run('key', patient(), next.begin)).toBe('fresh');
  });

  it('of different keys runs side by side, and is cancelled for all who wait', async () => {
    const shared = new SingleFlight<string>();
    const [red, blue] = [scripted(), scripted()];
    const all = [1, 2].map(() => shared.run('red', patient(), red.begin));
    const apart = shared.run('blue', patient(), blue.begin);
    shared.cancel('red', new Error('logged out'));
    for (const work of all) await expect(work).rejects.toThrow('logged out');
    blue.resolve('done');
    expect(await apart).toBe('done');
  });
});
