import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { accessKeyVariables, addThreeSessions } from '../support/three-sessions.ts';

/*
 * What the command refuses, in this process and with pipes, against a whole owner.
 */

let owner: ScratchApi;

beforeAll(async () => {
  owner = await scratchApi();
  await addThreeSessions(owner);
});
afterAll(async () => {
  await owner.close();
});

const stint = (args: readonly string[]) => command(owner, args, { env: accessKeyVariables });

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
    const { code, stderr } = await command(plain, args, { env: accessKeyVariables });
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
