import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptFields } from '../../src/cli/sessions/kept-fields.ts';
import { awsRegions } from '../../src/models/aws-region.ts';
import { keptFieldNames } from '../../src/models/session.ts';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { accessKeyVariables, addThreeSessions } from '../support/three-sessions.ts';

/*
 * The command in this process, with pipes, against a whole owner: what it accepts and what it answers.
 */

let owner: ScratchApi;

beforeAll(async () => {
  owner = await scratchApi();
  await addThreeSessions(owner);
});
afterAll(async () => {
  await owner.close();
});

const stint = (args: readonly string[], input = '') =>
  command(owner, args, { env: accessKeyVariables, input });

async function sessionNamed(name: string) {
  const { items } = await owner.client.request('GET', '/v1/sessions', { query: { q: name } });
  const found = items.find(({ sessionName }) => sessionName === name);
  if (found === undefined) throw new Error(`no session ${name}`);
  return found;
}

describe('session edit', () => {
  it('changes several sessions, or all that a search finds, and answers an array', async () => {
    const ran = await stint(['session', 'edit', 'PAY', 'reporting', '--pinned', '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject([{ pinned: true }, { pinned: true }]);
    expect((await stint(['session', 'edit', '-q', 'report', '--no-pinned'])).code).toBe(0);
    expect((await sessionNamed('payments')).pinned).toBe(true);
    expect((await sessionNamed('reporting')).pinned).toBe(false);
  });

  it('adds and removes labels and keeps the others', async () => {
    const flags = ['--add-label', 'finance', '--add-label', 'web', '--remove-label', 'old'];
    await stint(['session', 'edit', 'payments', 'reporting', ...flags]);
    for (const name of ['payments', 'reporting']) {
      expect((await sessionNamed(name)).labels).toEqual(['web', 'finance']);
    }
  });
});

describe('history verify', () => {
  it('says that nothing was changed, and exits with 1 and the entry where something was', async () => {
    const fine = await stint(['history', 'verify']);
    expect([fine.code, fine.stdout]).toEqual([
      0,
      expect.stringMatching(/^All \d+ entries are unchanged\./),
    ]);
    const file = new DatabaseSync(join(owner.folder, 'stint', 'history.db'));
    file.exec(
      "DROP TRIGGER history_no_update; UPDATE history SET by = by || 'x' WHERE entryId = 2",
    );
    const { code, stderr } = await stint(['history', 'verify']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Entry 2 was changed')]);
    const asJson = await stint(['history', 'verify', '--json']);
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ ok: false, firstBad: { entryId: 2 } });
    file.exec('UPDATE history SET by = substr(by, 1, length(by) - 1) WHERE entryId = 2');
    file.close();
  });
});

describe('history export', () => {
  it('prints the same as the API, or writes a new file that only its user can read', async () => {
    const query = 'format=csv&kind=session-created';
    const expected = await (await owner.ask('GET', `/v1/history/export?${query}`)).text();
    const args = ['history', 'export', '--format', 'csv', '--kind', 'session-created'];
    expect((await stint(args)).stdout).toBe(expected);
    const file = join(owner.folder, 'history.csv');
    expect((await stint([...args, '--file', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(expected);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await stint([...args, '--file', file]);
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining('Choose another file, or remove this one.'),
    ]);
  });
});

describe('session show --json', () => {
  it('can be fed back: what Stint sets is ignored and named', async () => {
    const { stdout } = await stint(['session', 'show', 'audit', '--json']);
    const added = await stint(['session', 'add', '--from-json', '-', '--json'], stdout);
    expect([added.code, added.stderr]).toEqual([
      0,
      expect.stringContaining('Ignored, because Stint sets it: ') as string,
    ]);
    const [first, second] = [JSON.parse(stdout), JSON.parse(added.stdout)] as [
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    expect(second['sessionId']).not.toBe(first['sessionId']);
    for (const name of ['sessionName', 'parentSessionId', 'roleArn', 'deliveryIsDefault']) {
      expect(second[name]).toEqual(first[name]);
    }
    await stint(['session', 'remove', String(second['sessionId']), '--yes']);
  });

  it('knows every field that Stint keeps', () => {
    expect([...keptFields].sort()).toEqual([...keptFieldNames].sort());
  });
});

it('a removal names the sessions that need it, and removes nothing without --yes', async () => {
  const refused = await stint(['session', 'remove', 'payments']);
  expect(refused.stderr).toContain('Sessions that need it: audit');
  expect((await sessionNamed('payments')).sessionName).toBe('payments');
});

it('settings regions lists those of the SDK, by partition', async () => {
  const { stdout } = await stint(['settings', 'regions', '--json']);
  const listed = JSON.parse(stdout) as readonly { readonly region: string }[];
  expect(listed.map(({ region }) => region)).toEqual(awsRegions);
  expect(listed).toContainEqual({ region: 'cn-north-1', partition: 'aws-cn' });
});

it('lock makes Stint forget the key, and unlock needs no passphrase for one in the keychain', async () => {
  const locked = await stint(['lock']);
  expect(locked).toMatchObject({ code: 0, stdout: '' });
  expect(locked.stderr).toContain('The vault is locked. Unlock it: stint unlock');
  expect(owner.stint.vault.status().locked).toBe(true);
  const unlocked = await stint(['unlock', '--json']);
  expect(JSON.parse(unlocked.stdout)).toMatchObject({ locked: false, method: 'keychain' });
  expect((await stint(['unlock'])).stderr).toContain('The vault was not locked.');
});

it('hides sessions from lists until they run, and finds them by name', async () => {
  await owner.addUser('sandbox-1');
  await owner.addUser('sandbox-2');
  const listed = async (...flags: readonly string[]) =>
    (
      JSON.parse((await stint(['session', 'list', '--json', ...flags])).stdout) as readonly {
        readonly sessionName: string;
      }[]
    )
      .map(({ sessionName }) => sessionName)
      .filter((name) => name.startsWith('sandbox'));
  const hidden = await stint(['session', 'hide', 'sandbox-1', 'sandbox-2', '--json']);
  expect(JSON.parse(hidden.stdout)).toMatchObject([{ hidden: true }, { hidden: true }]);
  expect(await listed()).toEqual([]);
  expect(await listed('--hidden')).toEqual(['sandbox-1', 'sandbox-2']);
  expect((await stint(['start', 'sandbox-1'])).code).toBe(0);
  expect(await listed()).toEqual(['sandbox-1']);
  expect((await stint(['stop', '--all'])).code).toBe(0);
  expect(await listed()).toEqual([]);
  expect((await stint(['session', 'unhide', 'sandbox-1'])).stderr).toContain('listed again');
  expect(await listed()).toEqual(['sandbox-1']);
});

it('lists questions and history as arrays, and continues at a cursor', async () => {
  expect(JSON.parse((await stint(['prompt', 'list', '--json'])).stdout)).toEqual([]);
  const page = async (...flags: readonly string[]) => {
    const { stdout, stderr } = await stint(['history', '--json', ...flags]);
    const [, cursor = ''] = /--cursor (\S+)/.exec(stderr) ?? [];
    return { items: JSON.parse(stdout) as readonly { readonly at: string }[], cursor };
  };
  const first = await page('--limit', '1');
  const second = await page('--limit', '1', '--cursor', first.cursor);
  expect([...first.items, ...second.items]).toEqual((await page('--limit', '2')).items);
  expect((await stint(['history', '--cursor', 'nonsense'])).stderr).toContain('--cursor must');
});

it('answers a question by a part of its id that no other has', async () => {
  const answers: string[] = [];
  const deadline = Date.now() + 600_000;
  const [first, second] = ['first', 'second'].map((text) =>
    owner.stint.prompts.post({ kind: 'mfa', text, deadline }, (answer) => {
      answers.push(`${text} ${answer}`);
      return Promise.resolve();
    }),
  );
  const part = String(first?.promptId).slice(3, 12).toUpperCase();
  expect((await stint(['prompt', 'cancel', '-'])).stderr).toContain('"-" matches 2 questions');
  expect((await stint(['prompt', 'answer', part], '123456\n')).code).toBe(0);
  expect(answers).toEqual(['first 123456']);
  expect((await stint(['prompt', 'cancel', String(second?.promptId)])).code).toBe(0);
});

it('changes the environment rules as one text', async () => {
  const rules = 'account: *-prod | *-prd = production; session: break-glass* = production';
  expect((await command(owner, ['settings', 'set', 'environment-rules', rules])).code).toBe(0);
  const shown = await command(owner, ['settings', 'get', 'environment-rules']);
  expect(shown.stdout).toBe(`${rules}\n`);
  const refused = await command(owner, ['settings', 'set', 'environment-rules', '*-prod']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('"*-prod" is not a list of environment rules.');
});
