import { describe, expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { computerForEachTest } from './computer.ts';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' };

describe('stint session', () => {
  const computer = computerForEachTest();

  it('adds one by flags, with keys from the environment, and prints its id only', async () => {
    const added = await computer.stint(
      [
        ...['session', 'add', 'awsIamUser', '--name', 'anna', '--region', 'eu-west-1'],
        ...['--label', 'team-a', '--profile', 'dev', '--token-seconds', '900'],
      ],
      {
        env: {
          STINT_ACCESS_KEY_ID: keys.accessKeyId,
          STINT_SECRET_ACCESS_KEY: keys.secretAccessKey,
        },
      },
    );
    expect(added.stderr).toBe('Added anna with profile dev.\n');
    expect(added.stdout).toMatch(/^[\da-f-]{36}\n$/);
    const shown = await computer.stint(['session', 'show', 'anna']);
    expect(shown.stdout).toMatch(/^profileName +dev$/m);
    expect(shown.stdout).toMatch(/^labels +team-a$/m);
    expect(shown.stdout).toMatch(/^tokenSeconds +15 min$/m);
  });

  it('adds one in the default region where none is named', async () => {
    await computer.stint(['settings', 'set', 'default-region', 'eu-north-1']);
    const env = {
      STINT_ACCESS_KEY_ID: keys.accessKeyId,
      STINT_SECRET_ACCESS_KEY: keys.secretAccessKey,
    };
    const added = await computer.stint(['session', 'add', 'awsIamUser', '--name', 'anna'], { env });
    expect(added).toMatchObject({ code: 0 });
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({ region: 'eu-north-1' });
  });

  it('accepts the sources of a session by name or by id', async () => {
    const { sessionId } = await computer.addUser('anna');
    const role = ['--role-arn', 'arn:aws:iam::447109328810:role/team/Audit'];
    const chained = ['session', 'add', 'awsIamRoleChained', '--region', 'eu-west-1', ...role];
    const add = (name: string, parent: string) =>
      computer.stint(
        [...chained, '--role-session-name', 'anna'].concat([
          ...['--name', name, '--parent-session-id', parent],
        ]),
      );
    expect(await add('audit', 'anna')).toMatchObject({ code: 0 });
    expect(await computer.json('session', 'show', 'audit')).toMatchObject({
      parentSessionId: sessionId,
    });
    expect(await add('other', sessionId)).toMatchObject({ code: 0 });
    expect(await add('none', 'nobody')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is no session "nobody"') as string,
    });

    const url = ['--url', 'https://acme.okta.com/home/aws'];
    expect((await computer.stint(['idp', 'add', '--name', 'Okta', ...url])).code).toBe(0);
    const idpArn = ['--idp-arn', 'arn:aws:iam::447109328810:saml-provider/Okta'];
    const federated = ['session', 'add', 'awsIamRoleFederated', '--region', 'eu-west-1', ...role];
    const added = await computer.stint(
      [...federated, ...idpArn].concat(['--name', 'upload', '--idp-id', 'Okta']),
    );
    expect(added).toMatchObject({ code: 0 });
    const items = await computer.json<{ idpId: string }[]>('idp', 'list');
    expect(await computer.json('session', 'show', 'upload')).toMatchObject({
      idpId: items[0]?.idpId,
    });
  });

  it('asks for the keys at a terminal and does not show them', async () => {
    const added = await computer.atTerminal(
      ['session', 'add', 'awsIamUser', '--name', 'anna', '--region', 'eu-west-1'],
      [
        { after: 'Access key id: ', type: `${keys.accessKeyId}\r` },
        { after: 'Secret access key: ', type: `${keys.secretAccessKey}\r` },
      ],
    );
    expect(added.code).toBe(0);
    expect(added.stdout).toContain('Added anna');
    expect(added.stdout).not.toContain(keys.accessKeyId);
    expect(added.stdout).not.toContain(keys.secretAccessKey);
  });

  it('ends with 4 without keys or a terminal, accepts none as arguments, and repeats none', async () => {
    const add = ['session', 'add', 'awsIamUser', '--name', 'anna', '--region', 'eu-west-1'];
    expect((await computer.stint(add)).code).toBe(4);
    const refused = await computer.stint([...add, `--secret-access-key=${keys.secretAccessKey}`]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).not.toContain(keys.secretAccessKey);
    const broken = await computer.stint(['session', 'add', '--from-json', '-'], {
      input: `{ "secrets": { "secretAccessKey": "${keys.secretAccessKey}" `,
    });
    expect(broken.code).toBe(2);
    expect(broken.stderr).not.toContain(keys.secretAccessKey);
    expect(await computer.json('session', 'list')).toEqual([]);
  });

  it('adds one from JSON that begins with a byte order mark, as PowerShell 5 pipes it', async () => {
    const fields = { type: 'awsIamUser', sessionName: 'anna', region: 'eu-west-1' };
    const added = await computer.stint(['session', 'add', '--from-json', '-'], {
      input: `\ufeff${JSON.stringify({ ...fields, secrets: keys })}\r\n`,
    });
    expect(added).toMatchObject({ code: 0 });
    expect(await computer.json('session', 'show', 'anna')).toMatchObject(fields);
  });

  it('names each wrong flag of a session, and adds none', async () => {
    const refused = await computer.stint(['session', 'add', '--from-json', '-'], {
      input: JSON.stringify({ type: 'awsIamUser', sessionName: 'anna', region: 'eu-west-1', x: 1 }),
    });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('x');
    expect((await computer.stint(['session', 'add', 'awsUser'])).code).toBe(2);
    expect((await computer.stint(['session', 'add'])).code).toBe(2);
  });

  it('names flags, limits and choices in a usage error, never fields of the API', async () => {
    const add = ['session', 'add', 'awsIamRoleChained'];
    const parent = ['--parent-session-id', '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b'];
    const role = ['--role-arn', 'arn:aws:iam::447109328810:role/admin'];
    const usual = ['--name', 'x', '--region', 'eu-west-1', '--role-session-name', 'me', ...role];
    const refusals = [
      [[...add, ...usual], '--parent-session-id is required.'],
      [
        [...add, ...parent, ...usual, '--role-seconds', '5min'],
        '--role-seconds must be at least 15 min.',
      ],
      [
        [...add, ...parent, ...usual, '--delivery', 'pigeon'],
        '--delivery must be credentials-file, credential-process or endpoint-only.',
      ],
      [[...add, ...parent, ...usual, '--label', ''], '--label must not be empty.'],
      [['session', 'list', '--sort', 'age'], '--sort must be '],
      [['session', 'list', '--type', 'gcp'], '--type must be awsIamUser, '],
      [['history', '--kind', 'gossip'], '--kind must be session-created, '],
      [['settings', 'set', 'on-quit', 'maybe'], 'on-quit must be stop-sessions or keep-sessions.'],
      [['settings', 'set', 'colour', 'red'], 'colour is not a known field.'],
      [['idp', 'add', '--name', 'okta', '--url', 'here'], '--url must be '],
      [['idp', 'add', '--url', 'https://okta.example/'], '--name is required.'],
    ] as const;
    const said = await Promise.all(refusals.map(([args]) => computer.stint(args)));
    for (const [index, { code, stderr }] of said.entries()) {
      const [args, message] = refusals[index] ?? [];
      expect([args, code, stderr]).toEqual([
        args,
        2,
        expect.stringContaining(`stint: ${message ?? ''}`),
      ]);
    }
  });

  it('prints with --json just what the API answers', async () => {
    const { sessionId } = await computer.addUser('anna');
    const ask = async (path: string) => (await callOwner(computer.scratch, 'GET', path)).json();
    const { items } = (await ask('/v1/sessions')) as { readonly items: unknown };
    expect(await computer.json('session', 'list')).toEqual(items);
    expect(await computer.json('session', 'show', 'anna')).toEqual(
      await ask(`/v1/sessions/${sessionId}`),
    );
    expect(await computer.json('settings')).toEqual(await ask('/v1/settings'));
    expect(await computer.json('agent', 'status')).toEqual(await ask('/v1/owner'));
    const history = (await ask('/v1/history')) as { readonly items: unknown };
    expect(await computer.json('history', '--all')).toEqual(history.items);
  });

  it('filters the list by text, type, label and status', async () => {
    await computer.addUser('anna');
    await computer.addUser('ben');
    await computer.stint(['session', 'edit', 'ben', '--label', 'team-b']);
    await computer.stint(['start', 'ben']);
    const names = async (...flags: string[]) => {
      const items = await computer.json<{ sessionName: string }[]>('session', 'list', ...flags);
      return items.map(({ sessionName }) => sessionName);
    };
    expect(await names()).toEqual(['ben', 'anna']);
    expect(await names('--sort', 'sessionName')).toEqual(['anna', 'ben']);
    expect(await names('-q', 'ann')).toEqual(['anna']);
    expect(await names('--label', 'team-b')).toEqual(['ben']);
    expect(await names('--active')).toEqual(['ben']);
    expect(await names('--type', 'azure')).toEqual([]);
    expect((await computer.stint(['session', 'list', '--type', 'gcp'])).code).toBe(2);
    expect((await computer.stint(['session', 'list', '-q', 'zoe'])).stderr).toBe(
      'No session matches.\n',
    );
  });

  it('edits and unsets fields; a bad value changes nothing', async () => {
    await computer.addUser('anna');
    const edit = (...flags: string[]) => computer.stint(['session', 'edit', 'anna', ...flags]);
    expect((await edit('--environment', 'production', '--pinned')).code).toBe(0);
    expect(await computer.json('session', 'show', 'anna')).toMatchObject({
      environment: 'production',
      pinned: true,
    });
    expect((await edit('--unset', 'environment', '--no-pinned')).code).toBe(0);
    const shown = await computer.json('session', 'show', 'anna');
    expect(shown).not.toHaveProperty('environment');
    expect((await edit('--token-seconds', '1')).code).toBe(2);
    expect((await edit('--token-seconds', 'long')).code).toBe(2);
    expect((await edit()).code).toBe(2);
    expect(await computer.json('session', 'show', 'anna')).toEqual(shown);
  });

  it('is removed after a yes at the terminal, and stays after any other answer', async () => {
    await computer.addUser('anna');
    const remove = (answer: string) =>
      computer.atTerminal(
        ['session', 'remove', 'anna'],
        [{ after: 'Remove anna and its secrets? [y/N]', type: `${answer}\r` }],
      );
    expect((await remove('n')).code).toBe(1);
    expect((await computer.stint(['session', 'show', 'anna'])).code).toBe(0);
    expect((await remove('y')).code).toBe(0);
    expect((await computer.stint(['session', 'show', 'anna'])).code).toBe(3);
    expect((await computer.stint(['session', 'remove', 'anna', '--yes'])).code).toBe(3);
  });

  it('removed while active loses its credentials, and its history stays', async () => {
    const { sessionId } = await computer.addUser('anna');
    await computer.stint(['start', 'anna']);
    expect((await computer.stint(['session', 'remove', 'anna', '--yes'])).code).toBe(0);
    await expect(computer.credentialsFile()).rejects.toMatchObject({ code: 'ENOENT' });
    const items = await computer.json<{ kind: string }[]>(...['history', '--session', sessionId]);
    expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['session-removed']));
  });
});
