import { describe, expect, it } from 'vitest';
import { sessionColumns, type ListedSession } from '../../../src/cli/sessions/session-text.ts';
import { printList, type ListOutput } from '../../../src/cli/terminal/list-output.ts';
import { scriptedShell } from './scripted-shell.ts';

const role = (accountId: string, accountName: string): ListedSession => ({
  type: 'awsSsoRole',
  sessionId: `id-${accountId}`,
  sessionName: `${accountName} / Administrator`,
  profileName: `${accountName}-Administrator`,
  accountId,
  roleName: 'Administrator',
  integrationId: 'i',
  region: 'eu-central-1',
  status: 'inactive',
  startDateTime: '2026-11-20T09:05:00.000Z',
});

const subscription = (id: string): ListedSession => ({
  type: 'azure',
  sessionId: `id-${id}`,
  sessionName: 'Azure subscription 1',
  subscriptionId: `5ab1e0de-0000-4000-8000-00000000000${id}`,
  tenantId: 't',
  integrationId: 'a',
  region: 'eastus',
  status: 'inactive',
  startDateTime: '',
});

const integrations = new Map([
  ['i', 'acme'],
  ['a', 'contoso'],
]);

async function printed(
  rows: readonly ListedSession[],
  output: ListOutput = {},
  columns?: number,
): Promise<readonly string[]> {
  const shell = scriptedShell();
  Object.assign(shell.stdout, columns === undefined ? {} : { isTTY: true, columns });
  printList(shell, rows, sessionColumns(shell, integrations), output);
  await new Promise(setImmediate);
  return shell.data().split('\n').slice(0, -1);
}

const both = [role('123456789012', 'billing-prod'), role('210987654321', 'billing-prod')];

describe('a list of sessions', () => {
  it('shows account, plain type, integration and profile where there is room', async () => {
    const [titles, first] = await printed(both, {}, 160);
    expect(titles).toMatch(
      /^STATUS +NAME +ACCOUNT +TYPE +INTEGRATION +PROFILE +REGION +STARTED +TIME LEFT$/,
    );
    expect(first).toMatch(
      /^inactive +billing-prod \/ Administrator +123456789012 +SSO role +acme /,
    );
  });

  it.each([80, 60, 40])(
    'fits a terminal of %i columns and tells equal names apart',
    async (wide) => {
      const lines = await printed([...both, subscription('1'), subscription('2')], {}, wide);
      for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(wide);
      expect(new Set(lines).size).toBe(5);
    },
  );

  it('is one write, however many lines it has', () => {
    const shell = scriptedShell();
    const writes: unknown[] = [];
    shell.stdout.write = (text: unknown) => writes.push(text) > 0;
    printList(shell, both, sessionColumns(shell, integrations), {});
    printList(shell, [], sessionColumns(shell, integrations), {});
    expect(writes).toEqual([expect.stringMatching(/^STATUS .*\ninactive .*\ninactive .*\n$/)]);
  });

  it('adds the id where nothing else differs', async () => {
    const twice = [role('123456789012', 'a'), { ...role('123456789012', 'a'), sessionId: 'other' }];
    const lines = await printed(twice, {}, 100);
    expect(lines[0]).toMatch(/ ID$/);
    expect(lines[2]).toMatch(/ other$/);
  });

  it('is not cut in a pipe', async () => {
    const long = role('123456789012', 'x'.repeat(200));
    expect((await printed([long]))[1]).toContain('x'.repeat(200));
  });

  it('has the columns that were asked for, in their order, and at most so many rows', async () => {
    expect(await printed(both, { columns: 'id, name', limit: '1' })).toEqual([
      'ID               NAME',
      'id-123456789012  billing-prod / Administrator',
    ]);
  });

  it('is CSV as of RFC 4180: CRLF, and quotes around commas, quotes and line breaks', async () => {
    const odd = { ...role('123456789012', 'a'), sessionName: 'a "b", c' };
    expect(await printed([odd], { csv: true, columns: 'name,account' })).toEqual([
      'name,account\r',
      '"a ""b"", c",123456789012\r',
    ]);
    expect((await printed([], { csv: true }))[0]).toContain('time-left,environment,labels,id\r');
  });

  it('is an array in JSON, also of none and of one', async () => {
    const read = async (rows: readonly ListedSession[]) =>
      JSON.parse((await printed(rows, { json: true })).join('\n')) as unknown;
    expect(await read([])).toEqual([]);
    expect(await read(both.slice(1))).toEqual(both.slice(1));
  });

  it.each<[ListOutput, string]>([
    [{ columns: 'name,colour' }, '--columns: there is no column "colour".'],
    [{ limit: '0' }, '--limit must be a whole number of at least 1.'],
    [{ limit: 'many' }, '--limit must be a whole number of at least 1.'],
    [{ json: true, csv: true }, 'Give --csv or --json, not both.'],
  ])('refuses %j', async (output, message) => {
    await expect(printed(both, output)).rejects.toMatchObject({ exitCode: 2, message });
  });
});
