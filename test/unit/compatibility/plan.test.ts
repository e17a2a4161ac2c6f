import { describe, expect, it } from 'vitest';
import type { Client, Machine } from '../../../scripts/compatibility/client.ts';
import type { Row } from '../../../scripts/compatibility/page.ts';
import { withEarlier } from '../../../scripts/compatibility/results.ts';
import { plansFor, type Subject } from '../../../scripts/compatibility/try-clients.ts';
import type { Asked } from '../../../scripts/compatibility/verdict.ts';

const machine = { name: 'machine' } as Machine;
const subject = (name: string, readsThroughAz = false): Subject => ({
  client: { name, ...(readsThroughAz && { readsThroughAz }) } as Client,
  found: { version: '1', asker: () => [] },
  machine,
});
const [az, sdk] = [subject('az', true), subject('sdk')];

describe('what is tried together', () => {
  const inShort = (plans: ReturnType<typeof plansFor>) =>
    plans.map(({ subjects, deliveries, lifetime }) => [
      lifetime,
      deliveries.join(' '),
      subjects.map(({ client }) => client.name).join(' '),
    ]);

  it('gives az only long tokens, and those last', () => {
    expect(inShort(plansFor('azure', [az, sdk], []))).toEqual([
      ['short', 'exec env', 'sdk'],
      ['long', 'exec env', 'az'],
      ['long', 'azure-cli', 'az sdk'],
    ]);
  });

  it('is the wanted deliveries alone', () => {
    expect(inShort(plansFor('aws', [sdk], ['exec']))).toEqual([['short', 'exec', 'sdk']]);
    expect(inShort(plansFor('azure', [az, sdk], ['azure-cli']))).toEqual([
      ['long', 'azure-cli', 'az sdk'],
    ]);
  });
});

it('a run of some deliveries keeps what the same version did with the others', () => {
  const fresh: Asked = { accepted: 'all', words: '', namesTheWay: false };
  const row = (version: string, outcomes: Row['outcomes']): Row => ({
    cloud: 'aws',
    client: { name: 'boto3', stays: true },
    version,
    from: 'machine',
    outcomes,
  });
  const now = row('2', { exec: { fresh } });
  expect(withEarlier([now], [row('2', { env: { fresh } })])).toEqual([
    row('2', { exec: { fresh }, env: { fresh } }),
  ]);
  expect(withEarlier([now], [row('1', { env: { fresh } })])).toEqual([now]);
  const elsewhere = { ...row('1', { env: { fresh } }), from: 'bookworm' };
  expect(withEarlier([now], [elsewhere])).toEqual([now, elsewhere]);
});
