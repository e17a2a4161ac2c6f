import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { OwnerConnection, ConnectionEnd } from '../../electron/owner/owner-connection.ts';
import { keepConnected } from '../../electron/owner/reconnecting-owner.ts';

const page = (path: string) => new Request(`stint://app${path}`);

describe('the connection to the owner', () => {
  interface Played extends OwnerConnection {
    lose(how: ConnectionEnd): void;
    readonly quits: number;
  }

  function play(kind: OwnerConnection['kind'], name: string): Played {
    const { promise: ended, resolve: lose } = Promise.withResolvers<ConnectionEnd>();
    let quits = 0;
    return {
      kind,
      ended,
      lose,
      get quits() {
        return quits;
      },
      fetch: () => Promise.resolve(new Response(name)),
      fetchAsOwner: () => Promise.resolve(new Response(`${name} as owner`)),
      wake: () => undefined,
      quit: () => {
        quits += 1;
        lose('stopped');
        return Promise.resolve();
      },
    };
  }

  test('changes from owner to client when a newer owner takes over, and requests wait for it', async () => {
    const connections = [play('owner', 'mine'), play('client', 'theirs')];
    let next = 0;
    const connection = await keepConnected(() =>
      Promise.resolve(connections[next++] as OwnerConnection),
    );
    expect(await (await connection.fetch(page('/'))).text()).toBe('mine');
    connections[0]?.lose('handed-over');
    await Promise.resolve();
    expect(await (await connection.fetch(page('/'))).text()).toBe('theirs');
    expect(connection.kind()).toBe('client');
  });

  test('ends when Stint is stopped', async () => {
    const only = play('owner', 'mine');
    const connection = await keepConnected(() => Promise.resolve(only));
    only.lose('stopped');
    expect(await connection.ended).toEqual({ kind: 'stopped' });
  });

  test('reports why no other connection can be made', async () => {
    const only = play('owner', 'mine');
    let asked = 0;
    const connection = await keepConnected(() =>
      asked++ === 0 ? Promise.resolve(only) : Promise.reject(new Error('the workspace is newer')),
    );
    only.lose('handed-over');
    expect(await connection.ended).toMatchObject({
      kind: 'failed',
      error: { message: 'the workspace is newer' },
    });
  });

  test('ends once when Stint quits, and no other is made', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const only = play('owner', 'mine');
    let taken = 0;
    const connection = await keepConnected(() => {
      taken += 1;
      return Promise.resolve(only);
    });
    await connection.quit();
    await vi.runAllTimersAsync();
    expect([only.quits, taken]).toEqual([1, 1]);
  });

  test('a quit between two connections waits for neither', async () => {
    const first = play('owner', 'mine');
    const asked = Promise.withResolvers<undefined>();
    let times = 0;
    const connection = await keepConnected(() => {
      times += 1;
      if (times === 1) return Promise.resolve(first);
      asked.resolve(undefined);
      return new Promise(() => undefined);
    });
    first.lose('handed-over');
    await asked.promise;
    await connection.quit();
    expect(first.quits).toBe(0);
  });
});
