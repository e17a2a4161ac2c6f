import { expect, it } from 'vitest';
import { fieldLines } from '../../../src/cli/terminal/field-lines.ts';
import { instantText } from '../../../src/cli/terminal/instant-text.ts';

it('shows instants in local time, seconds as durations, and fields within fields by both names', () => {
  const startedAt = '2026-12-01T12:24:20.820Z';
  expect(
    fieldLines({
      sessionName: 'payments',
      startDateTime: startedAt,
      duration: 42_000,
      limits: {},
      labels: ['web', 'old'],
      pinned: false,
      run: { id: 'x', startedAt, limits: { maxSessionSeconds: 3600 } },
    }),
  ).toEqual([
    'sessionName                   payments',
    `startDateTime                 ${instantText(startedAt)}`,
    'duration                      11 h 40 min',
    'limits                        –',
    'labels                        web, old',
    'pinned                        false',
    'run.id                        x',
    `run.startedAt                 ${instantText(startedAt)}`,
    'run.limits.maxSessionSeconds  1 h',
  ]);
});
