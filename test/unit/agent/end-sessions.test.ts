import { expect, it } from 'vitest';
import { endSessions } from '../../../src/agent/end-sessions.ts';
import { Problem } from '../../../src/models/problem.ts';
import type { Session } from '../../../src/models/session.ts';
import { anySession } from '../../support/sessions.ts';

type Parts = Parameters<typeof endSessions>[0];

/** Sessions by their id; a start of `starting` was only just asked for. */
function scripted(statuses: Readonly<Record<string, Session['status']>>, starting?: string) {
  const done: string[] = [];
  const logged: unknown[] = [];
  const gates = new Map<string, PromiseWithResolvers<unknown>>();
  const parts = {
    repository: {
      all: () =>
        Object.entries(statuses).map(([sessionId, status]) => anySession({ sessionId, status })),
    },
    runner: {
      isStarting: (id: string) => id === starting,
      end: async (id: string, { reason }: { readonly reason: string }) => {
        done.push(`${id}: ${reason}`);
        const gate = Promise.withResolvers<unknown>();
        gates.set(id, gate);
        return await gate.promise;
      },
      idle: () => Promise.resolve(void done.push('idle')),
    },
    log: {
      error: (_operation: string, fields: { sessionId: string }) => logged.push(fields.sessionId),
    },
  } as unknown as Parts;
  return { parts, done, logged, gate: (id: string) => gates.get(id) };
}

it('all running sessions are ended side by side; one that fails stops no other', async () => {
  const { parts, done, logged, gate } = scripted({
    a: 'active',
    b: 'pending',
    c: 'inactive',
    d: 'active',
  });
  const ended = endSessions(parts, 'stop');
  expect(done).toEqual(['a: shutdown', 'b: shutdown', 'd: shutdown']);
  gate('a')?.reject(new Error('EIO'));
  gate('b')?.reject(
    new Problem('not-found', { next: 'Try again.', detail: 'It was removed meanwhile.' }),
  );
  gate('d')?.resolve(undefined);
  await ended;
  expect(logged).toEqual(['a']);
  expect(done.at(-1)).toBe('idle');
});

it('at a hand-over only sessions that are still starting are ended', async () => {
  const { parts, done, gate } = scripted({ a: 'active', b: 'pending', late: 'inactive' }, 'late');
  const ended = endSessions(parts, 'keep');
  expect(done).toEqual(['b: shutdown', 'late: shutdown']);
  gate('b')?.resolve(undefined);
  gate('late')?.resolve(undefined);
  await ended;
});
