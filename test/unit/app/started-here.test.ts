import { expect, it } from 'vitest';
import { StartedHere } from '../../../src/app/prompts/started-here.ts';

const anna = new Set(['anna', 'acme']);

it('a question is one of the start before it, however long the owner takes to ask', () => {
  const started = new StartedHere();
  expect(started.has(['anna'], 0)).toBe(false);
  const answered = started.begin(anna);
  expect(started.has(['anna'], 3_600_000)).toBe(true);
  expect(started.has(['', 'acme'], 3_600_000)).toBe(true);
  expect(started.has(['ben'], 3_600_000)).toBe(false);
  answered(3_600_000);
  expect(started.has(['anna'], 3_601_000)).toBe(true);
});

it('a later question, such as one of a renewal, is not', () => {
  const started = new StartedHere();
  const answered = started.begin(anna);
  answered(1_000);
  expect(started.has(['anna'], 60_000)).toBe(false);
});

it('the next start takes the place of one that was not answered', () => {
  const started = new StartedHere();
  const answered = started.begin(anna);
  started.begin(new Set(['ben']));
  answered(1_000);
  expect(started.has(['anna'], 1_000)).toBe(false);
  expect(started.has(['ben'], 90_000)).toBe(true);
});
