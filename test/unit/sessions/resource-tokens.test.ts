import type { ResourceToken } from '../../../src/services/providers/azure.ts';
import { expect, it } from 'vitest';
import type { AzureSession } from '../../../src/models/session.ts';
import { EventLog } from '../../../src/services/events/event-log.ts';
import { ResourceTokens } from '../../../src/services/sessions/resource-tokens.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { newSession } from '../../../src/services/sessions/session-record.ts';
import { fieldsOfEveryType } from '../../support/sessions.ts';

const vault = 'https://vault.azure.net';

function activeSession() {
  const clock = new FakeClock();
  const events = new EventLog();
  const session = {
    ...newSession(fieldsOfEveryType.azure, { sessions: [], now: clock.now() }),
    status: 'active',
  } as AzureSession;
  const answers: PromiseWithResolvers<ResourceToken>[] = [];
  const provider = {
    tokenFor: () => {
      const answer = Promise.withResolvers<ResourceToken>();
      answers.push(answer);
      return answer.promise;
    },
  };
  const tokens = new ResourceTokens({ provider: provider as never, clock, events });
  const expiresAt = clock.now() + 3_600_000;
  return {
    clock,
    tokens,
    session,
    asked: () => answers.length,
    answer: (accessToken: string) =>
      answers.at(-1)?.resolve({ accessToken, expiresAt, clockOffset: 0 }),
    fail: () => answers.at(-1)?.reject(new Error('unreachable')),
    end: () => {
      events.publish({ type: 'session', session: { ...session, status: 'inactive' } });
    },
  };
}

it('a token that arrives after its run has ended is not kept for the next run', async () => {
  const { tokens, session, answer, asked, end } = activeSession();
  const late = tokens.get(session, vault);
  await Promise.resolve();
  end();
  answer('of the run before');
  expect((await late).accessToken).toBe('of the run before');
  const next = tokens.get(session, vault);
  await Promise.resolve();
  expect(asked()).toBe(2);
  answer('of this run');
  expect((await next).accessToken).toBe('of this run');
});

it('a token is used while the cloud is away, until it has expired', async () => {
  const { tokens, session, answer, fail, clock } = activeSession();
  const first = tokens.get(session, vault);
  await Promise.resolve();
  answer('first');
  await first;
  await clock.advance(55 * 60_000);
  const second = tokens.get(session, vault);
  await clock.advance(0);
  fail();
  expect((await second).accessToken).toBe('first');
  await clock.advance(5 * 60_000);
  const third = tokens.get(session, vault);
  await clock.advance(0);
  fail();
  await expect(third).rejects.toThrow('unreachable');
});
