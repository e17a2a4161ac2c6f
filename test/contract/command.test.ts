import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptFields } from '../../src/cli/sessions/kept-fields.ts';
import { awsRegions } from '../../src/models/aws-region.ts';
import { keptFieldNames } from '../../src/models/session.ts';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';

/*
 * The command in this process, with pipes, against a whole owner: what it accepts and what it answers.
 */

let owner: ScratchApi;
const keys = {
  STINT_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  STINT_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
};

beforeAll(async () => {
  owner = await scratchApi();
  await owner.addUser('payments', { fields: { labels: ['web'] } });
  await owner.addUser('reporting', { fields: { labels: ['web', 'old'] } });
  await owner.stint.sessions.create({
    fields: {
      type: 'awsIamRoleChained',
      sessionName: 'audit',
      region: 'eu-west-1',
      parentSessionId: (await sessionNamed('payments')).sessionId,
      roleArn: 'arn:aws:iam::447109328810:role/Audit',
      roleSessionName: 'anna',
    },
    by: 'anna',
  });
});
afterAll(async () => {
  await owner.close();
});

const stint = (args: readonly string[], input = '') => command(owner, args, { env: keys, input });

async function sessionNamed(name: string) {
  const { items } = await owner.client.request('GET', '/v1/sessions', { query: { q: name } });
  const found = items.find(({ sessionName }) => sessionName === name);
  if (found === undefined) throw new Error(`no session ${name}`);
  return found;
}

const addUser = ['session', 'add', 'awsIamUser', '--name', 'x', '--region', 'eu-west-1'];
const addRole = ['session', 'add', 'awsIamRoleChained', '--name', 'x', '--region', 'eu-west-1'];
const role = ['--role-arn', 'arn:aws:iam::447109328810:role/a', '--role-session-name', 'me'];

describe('a wrong input names its flag or word, and changes nothing', () => {
  it.each<[args: readonly string[], code: number, text: string]>([
    [['session', 'add', 'awsIamUser', '--region', 'eu-west-1'], 2, '--name is required'],
    [['session', 'add', 'gcp'], 2, '"gcp" is not a session type'],
    [['session', 'add', 'gcp', '--name', 'x'], 2, '"gcp" is not a session type'],
    [['session', 'add', '--colour', 'red'], 2, "unknown option '--colour'"],
    [[...addUser, '--region', 'eu wst'], 2, '--region must be'],
    [[...addUser, '--token-seconds', '5'], 2, '--token-seconds must be at least 15 min'],
    [[...addUser, '--token-seconds', 'long'], 2, '--token-seconds: "long" is not a duration'],
    [[...addUser, '--max-leases', '-1'], 2, '--max-leases'],
    [[...addUser, '--idle-seconds', '1min'], 2, '--idle-seconds must be at least 15 min'],
    [[...addUser, '--valid-until', 'soon'], 2, '"soon" is not a valid time'],
    [[...addUser, '--delivery', 'ftp'], 2, '--delivery must be credentials-file'],
    [[...addUser, '--mfa-serial', 'phone'], 2, '--mfa-serial'],
    [[...addUser, '--mfa-command', 'oathtool'], 2, '--mfa-command takes a program'],
    [[...addUser, '--label', ''], 2, '--label must not be empty'],
    [[...addUser, '--endpoint-url', 'localhost'], 2, '--endpoint-url must be'],
    [[...addUser, '--profile', 'a]b'], 2, '--profile'],
    [[...addUser, '--secret-access-key', 'x'], 2, 'There is no --secret-access-key'],
    [[...addUser, '--colour', 'red'], 2, "unknown option '--colour'"],
    [[...addRole, ...role], 2, '--parent-session-id is required'],
    [[...addRole, ...role, '--parent-session-id', 'paymnets'], 3, 'Did you mean "payments"?'],
    [[...addRole, ...role, '--parent-session-id', 'payments', '--tag', 'x'], 2, '--tag: "x"'],
    [
      [...addRole, '--role-arn', 'admin', '--parent-session-id', 'payments'],
      2,
      '--role-arn must be',
    ],
    [['session', 'add', '--from-json', '/nowhere.json'], 2, '/nowhere.json'],
    [['session', 'edit', 'payments'], 2, 'Give at least one change'],
    [['session', 'edit', 'payments', '--unset', 'colour'], 2, 'no field "colour"'],
    [
      ['session', 'edit', 'payments', '--unset', 'region'],
      2,
      '--region cannot be removed: it is required',
    ],
    [
      ['session', 'edit', 'payments', '--label', 'a', '--add-label', 'b'],
      2,
      '--label replaces all labels',
    ],
    [
      ['session', 'edit', 'payments', 'reporting', '--name', 'x'],
      2,
      '--name changes one session, not 2',
    ],
    [
      ['session', 'edit', 'payments', '--query', 'x', '--pinned'],
      2,
      'Give session names or --query',
    ],
    [['session', 'edit', '--query', 'nowhere', '--pinned'], 3, 'No session matches "nowhere"'],
    [['session', 'list', '--sort', 'age'], 2, '--sort must be'],
    [['session', 'list', '--type', 'gcp'], 2, '--type must be'],
    [['session', 'list', '--columns', 'colour'], 2, '--columns: there is no column "colour"'],
    [['session', 'list', '--limit', '0'], 2, '--limit must be a whole number'],
    [['session', 'show', 'PAYMENT-S'], 3, 'Did you mean "payments"?'],
    [['session', 'show', 'r'], 2, '"r" matches'],
    [['session', 'show'], 2, 'Name the session'],
    [['session', 'remove', 'payments'], 2, 'Add --yes.'],
    [['stop', 'payments', '--all'], 2, 'Give session names or --all'],
    [['settings', 'set', 'colour', 'red'], 2, 'colour is not a known field'],
    [['integration', 'add', 'awsSso', '--name', 'x'], 2, '--start-url is required'],
    [['integration', 'sync', 'acme', '--all'], 2, '--all, not both'],
    [['idp', 'add', '--name', 'x', '--url', 'http://x'], 2, '--url must be an https URL'],
    [['history', '--limit', 'many'], 2, '--limit must be a whole number'],
    [['history', 'export', '--format', 'xml'], 2, '--format must be json or csv'],
    [['history', 'export', '--kind', 'party'], 2, '--kind must be'],
  ])('%j', async (args, code, text) => {
    const before = await owner.client.request('GET', '/v1/sessions');
    const ran = await stint(args);
    expect([ran.code, ran.stdout]).toEqual([code, '']);
    expect(ran.stderr).toContain(text);
    expect(ran.stderr).not.toMatch(/expected .* received|Invalid input/);
    expect(await owner.client.request('GET', '/v1/sessions')).toEqual(before);
  });
});

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

it('refuses a region that AWS does not have, where no setting leads to another cloud', async () => {
  const names = ['', '_STS', '_IAM', '_SSO', '_SSO_OIDC', '_SIGNIN'];
  const env = Object.fromEntries(names.map((name) => [`AWS_ENDPOINT_URL${name}`, undefined]));
  await using plain = await ownerOf({ env });
  const wrong =
    'must be a region of AWS, such as eu-west-1; mars-1 is not one. Regions: stint settings regions';
  for (const [args, text] of [
    [['session', 'add', 'awsIamUser', '--name', 'x', '--region', 'mars-1'], `--region ${wrong}`],
    [['settings', 'set', 'default-region', 'mars-1'], `default-region ${wrong}`],
  ] as const) {
    const { code, stderr } = await command(plain, args, { env: keys });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(text) as unknown });
  }
  // A private cloud has its own regions.
  const { code } = await stint([
    'session',
    'add',
    'awsIamUser',
    '--name',
    'x',
    '--region',
    'mars-1',
  ]);
  expect(code).toBe(0);
});

async function ownerOf(options: Parameters<typeof scratchApi>[0]) {
  const made = await scratchApi(options);
  return { ...made, [Symbol.asyncDispose]: () => made.close() };
}

it('changes the environment rules as one text', async () => {
  const rules = 'account: *-prod | *-prd = production; session: break-glass* = production';
  expect((await command(owner, ['settings', 'set', 'environment-rules', rules])).code).toBe(0);
  const shown = await command(owner, ['settings', 'get', 'environment-rules']);
  expect(shown.stdout).toBe(`${rules}\n`);
  const refused = await command(owner, ['settings', 'set', 'environment-rules', '*-prod']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('"*-prod" is not a list of environment rules.');
});
