import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listSessions, type ListFlags } from '../../src/cli/sessions/list-sessions.ts';
import { listedFields } from '../../src/cli/sessions/session-text.ts';
import { command } from '../support/command.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { scriptedShell } from '../unit/cli/scripted-shell.ts';

let owner: ScratchApi;
let running = '';
beforeAll(async () => {
  owner = await scratchApi();
  const fields = { environment: 'prod', labels: ['finance', 'web'] };
  running = (await owner.addUser('anna', { fields })).session.sessionId;
  await owner.ask('POST', '/v1/sessions', {
    body: {
      type: 'awsIamRoleChained',
      sessionName: 'deploy',
      region: 'eu-north-1',
      parentSessionId: running,
      roleArn: 'arn:aws:iam::447109328810:role/Deploy',
    },
  });
  await owner.ask('POST', `/v1/sessions/${running}/start`);
});
afterAll(async () => {
  await owner.close();
});

async function items(answer: Promise<Response>): Promise<unknown> {
  return ((await (await answer).json()) as { items: unknown }).items;
}

describe('a list of sessions with `fields`', () => {
  it('has only these fields of each session, its id and its type', async () => {
    const query = 'name=anna&fields=sessionName,status,roleArn,delivery,pinned';
    expect(await items(owner.ask('GET', `/v1/sessions?${query}`))).toEqual([
      {
        sessionId: running,
        type: 'awsIamUser',
        sessionName: 'anna',
        status: 'active',
        delivery: 'credentials-file',
        pinned: false,
      },
    ]);
  });

  it('has the actions that its reader has', async () => {
    const reader = { role: 'operator', scopes: ['sessions:read', 'sessions:stop'] } as const;
    const [whole, part] = await Promise.all(
      ['', '&fields=actions'].map(
        async (fields) =>
          await items(owner.askAs(reader, 'GET', `/v1/sessions?name=anna${fields}`)),
      ),
    );
    expect(part).toEqual([{ sessionId: running, type: 'awsIamUser', actions: ['stop'] }]);
    expect(whole).toMatchObject(part as object);
  });

  it.each(['colour', 'secrets', 'runFields', 'sessionName,,status', ''])(
    'is refused where a session has no field %j',
    async (fields) => {
      const answer = await owner.ask('GET', `/v1/sessions?fields=${fields}`);
      expect(answer.status).toBe(422);
      expect(((await answer.json()) as { detail: string }).detail).toBe(
        'The query is not valid: fields must name fields of a session, separated by commas.',
      );
    },
  );

  it.each<[string, ListFlags]>([
    ['', {}],
    ['--csv', { csv: true }],
  ])('has all that `stint session list %s` prints', async (flag, flags) => {
    const shell = scriptedShell({});
    await listSessions(owner.client, shell, flags, listedFields);
    const whole = await command(owner, ['session', 'list', flag].filter(Boolean));
    expect(shell.data()).toBe(whole.stdout);
    expect(shell.data()).toContain('447109328810');
  });
});
