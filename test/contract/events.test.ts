import { beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedEvent } from '../../src/client/event-stream.ts';
import { countReaders } from '../support/event-readers.ts';
import { aRunningApi } from '../support/running-owner.ts';
import { eventually } from '../support/scratch-owner.ts';
import type { ScratchApi } from '../support/scratch-api.ts';

let owner: ScratchApi;
aRunningApi((started) => {
  owner = started;
});

let reading: () => number;
beforeEach(() => {
  reading = countReaders(owner.stint.events);
});
/** Resolves once so many read the stream. */
const readers = (count: number) => eventually(reading, (now) => now === count);

/** Events of a stream up to and with the first that is `last`. */
async function until(
  last: (event: ReceivedEvent['event']) => boolean,
  lastEventId?: string,
): Promise<readonly ReceivedEvent[]> {
  const seen: ReceivedEvent[] = [];
  for await (const received of owner.client.events({ lastEventId })) {
    seen.push(received);
    if (last(received.event)) break;
  }
  return seen;
}

describe('a reader that comes back', () => {
  it('gets what it missed, in order, once, and what comes then', async () => {
    const { sessionId } = (await owner.addUser('anna')).session;
    const rename = (sessionName: string) =>
      owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body: { sessionName } });
    const first = until(({ type }) => type === 'session');
    await readers(1);
    await rename('one');
    const lastSeen = (await first).at(-1)?.id;
    await rename('two');
    await rename('three');
    const following = until(
      (event) => event.type === 'session' && event.session.sessionName === 'four',
      lastSeen,
    );
    await readers(1);
    await rename('four');
    const names = (await following).flatMap(({ event }) =>
      event.type === 'session' ? [event.session.sessionName] : [],
    );
    expect(names).toEqual(['two', 'three', 'four']);
    await readers(0);
  });

  it.each([
    ['of another owner', 'AAAAAAAA-1'],
    ['that was never given', 'nonsense'],
    ['of the future', 'future'],
    ['that is not a number', 'NaN'],
  ])('with an id %s starts over', async (_what, id) => {
    const [start] = await until(() => true, 'nobody-1');
    const stream = start?.id.replace(/-\d+$/, '') ?? '';
    const asked = { future: `${stream}-9999999`, NaN: `${stream}-x` }[id] ?? id;
    const [again] = await until(() => true, asked);
    expect(again).toEqual({ id: start?.id, event: { type: 'reset' } });
    await readers(0);
  });

  it('too late starts over: no more than the last thousand changes are remembered', async () => {
    const [start] = await until(() => true, 'nobody-1');
    for (let at = 0; at < 1000; at += 1) owner.stint.events.publish({ type: 'settings' });
    expect((await until(() => true, start?.id))[0]?.event.type).toBe('settings');
    owner.stint.events.publish({ type: 'settings' });
    expect((await until(() => true, start?.id))[0]?.event.type).toBe('reset');
  });
});

describe('a stream', () => {
  it('reports questions, settings, the vault and what was removed', async () => {
    const { sessionId } = (await owner.addUser('anna', { mfa: true })).session;
    const following = until(({ type }) => type === 'session-removed');
    await readers(1);
    await owner.ask('POST', `/v1/sessions/${sessionId}/start`);
    const [open] = owner.stint.prompts.list();
    await owner.ask('POST', `/v1/prompts/${open?.promptId ?? ''}`, { body: { cancel: true } });
    await owner.ask('PATCH', '/v1/settings', { body: { onQuit: 'keep-sessions' } });
    await owner.ask('DELETE', `/v1/sessions/${sessionId}`);
    const seen = await following;
    const types = seen.map(({ event }) => event.type).filter((type) => type !== 'history');
    expect(new Set(types)).toEqual(
      new Set(['session', 'prompt', 'prompt-closed', 'settings', 'session-removed']),
    );
    const numbers = seen.map(({ id }) => Number(id.split('-').at(-1)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('bound to one session reports no other', async () => {
    const mine = (await owner.addUser('mine')).session.sessionId;
    const other = (await owner.addUser('other')).session.sessionId;
    const stream = await owner.askAs({ role: 'credentials', sessionId: mine }, 'GET', '/v1/events');
    for (const sessionId of [other, mine]) {
      await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body: { pinned: true } });
    }
    await owner.ask('DELETE', `/v1/sessions/${other}`);
    await owner.ask('DELETE', `/v1/sessions/${mine}`);
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of stream.body ?? []) {
      text += decoder.decode(piece as Uint8Array);
      if (text.includes('session-removed')) break;
    }
    expect(text).toContain(mine);
    expect(text).not.toContain(other);
  });

  it('that nobody reads does not stay: HEAD asks for no events', async () => {
    const answer = await owner.ask('HEAD', '/v1/events');
    expect(answer.status).toBe(200);
    expect(answer.body).toBeNull();
    await readers(0);
  });

  it('ends with the rights it was opened with', async () => {
    const made = await owner.client.request('POST', '/v1/tokens', { body: { name: 'ci' } });
    const stream = await owner.ask('GET', '/v1/events', {
      headers: { authorization: `Bearer ${made.token}` },
    });
    await owner.client.request('DELETE', '/v1/tokens/{id}', { path: { id: made.tokenId } });
    const { sessionId } = (await owner.addUser('secret-plan')).session;
    await owner.ask('PATCH', `/v1/sessions/${sessionId}`, { body: { pinned: true } });
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of stream.body ?? []) text += decoder.decode(piece as Uint8Array);
    expect(text).not.toContain('secret-plan');
    await readers(0);
  });
});
