import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/services/events/event-log.ts';
import { inRequest, setActor } from '../../../src/services/log/request-scope.ts';
import { PromptService } from '../../../src/services/prompts/prompt-service.ts';
import { FakeClock } from '../../fakes/clock.ts';

function service() {
  const clock = new FakeClock();
  const events = new EventLog();
  const prompts = new PromptService({ clock, events });
  const seen: string[] = [];
  events.subscribe(({ event }) => seen.push(event.type));
  const question = (seconds: number) => ({
    kind: 'mfa' as const,
    text: 'MFA code for anna',
    deadline: clock.now() + seconds * 1000,
  });
  return { clock, events, prompts, seen, question };
}

const { signal } = new AbortController();

describe('a question whose deadline has passed', () => {
  it('is not asked at all', async () => {
    const { prompts, seen, question } = service();
    await expect(prompts.ask(question(-1), signal)).rejects.toMatchObject({
      code: 'prompt-expired',
    });
    expect(prompts.list()).toEqual([]);
    expect(seen).toEqual([]);
  });

  it('is opened before it is closed, where it is posted', () => {
    const { prompts, seen, question } = service();
    prompts.post(question(-1), () => Promise.resolve());
    expect(seen).toEqual(['prompt', 'prompt-closed']);
    expect(prompts.list()).toEqual([]);
  });
});

describe('a question', () => {
  it('is closed at its deadline', async () => {
    const { prompts, seen, question, clock } = service();
    const asked = expect(prompts.ask(question(60), signal)).rejects.toMatchObject({
      code: 'prompt-expired',
    });
    await clock.advance(60_000);
    await asked;
    expect(seen).toEqual(['prompt', 'prompt-closed']);
    expect(clock.timers).toBe(0);
  });

  it('says who asked for the work that raised it, and nobody where Stint did by itself', () => {
    const { prompts, question } = service();
    const asker = { subject: 'terraform', role: 'operator', via: 'socket' } as const;
    inRequest('request', () => {
      setActor(asker);
      prompts.post(question(60), () => Promise.resolve());
    });
    prompts.post(question(60), () => Promise.resolve());
    expect(prompts.list().map(({ askedBy }) => askedBy)).toEqual([asker, undefined]);
  });

  it('is asked although a watcher fails', async () => {
    const { prompts, question } = service();
    prompts.watch(() => {
      throw new Error('broken watcher');
    });
    const answer = prompts.ask(question(60), signal);
    const [prompt] = prompts.list();
    await prompts.answer(String(prompt?.promptId), { answer: '123 456' });
    expect(await answer).toBe('123456');
  });

  it('is not posted once everything is closed, and a late answer learns that', async () => {
    const { prompts, seen, question } = service();
    prompts.closeAll('Stint is shutting down.');
    const { promptId } = prompts.post(question(60), () => Promise.resolve());
    expect(seen).toEqual([]);
    await expect(prompts.answer(promptId, { answer: 'x' })).rejects.toMatchObject({
      code: 'prompt-closed',
    });
  });
});
