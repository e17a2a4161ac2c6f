import { expect, it } from 'vitest';
import { endsSoonText } from '../../../src/app/session-detail/ends-soon.ts';
import { iamUser } from './app-sessions.ts';

const now = Date.parse('2026-05-04T12:00:00Z');
const warned = { warnedAt: '2026-05-04T11:50:00Z', endsAt: '2026-05-04T12:10:00Z' };

it.each([
  ['after the warning', 'active', warned, 'Its maximum duration ends it in 10 min.'],
  ['while it renews', 'pending', warned, 'Its maximum duration ends it in 10 min.'],
  ['before the warning', 'active', { endsAt: warned.endsAt }, undefined],
  ['when it is over', 'active', { ...warned, endsAt: '2026-05-04T12:00:00Z' }, undefined],
  ['once it was stopped', 'inactive', warned, undefined],
])('the details say that the run ends soon: %s', (_, status, run, text) => {
  expect(endsSoonText(iamUser('anna', { status, run }), (at) => at - now)).toBe(text);
});
