import { describe, expect, it } from 'vitest';
import type { SessionFields } from '../../../src/models/session-fields.ts';
import { SessionService } from '../../../src/services/session-service.ts';
import { runsInMemory } from '../../support/runs-in-memory.ts';

const by = 'anna';
const sessionId = '0b7e0f43-1a4b-4ef6-8a51-111111111111';
const fields: SessionFields = { type: 'awsIamUser', sessionName: 'anna', region: 'eu-west-1' };

function service() {
  const runs = runsInMemory();
  const keys = new Map<string, string>();
  const sessions = new SessionService({
    ...runs,
    workspace: runs.workspace.store,
    usualDelivery: () => 'credentials-file',
    awsIamUser: {
      setKeys: (id: string, { accessKeyId }: { readonly accessKeyId: string }) => {
        keys.set(id, accessKeyId);
        return Promise.resolve();
      },
      dropSecrets: ({ sessionId: id }: { readonly sessionId: string }) => {
        keys.delete(id);
        return Promise.resolve();
      },
    },
  } as never);
  return { sessions, keys, ...runs };
}

describe('sessions that are created at the same time', () => {
  it('with one id are one session, with its own fields and keys; the other is refused', async () => {
    const { sessions, keys } = service();
    const create = (sessionName: string) =>
      sessions.create({
        sessionId,
        fields: { ...fields, sessionName },
        secrets: {
          accessKeyId: `AKIAIOSFODNN${sessionName.toUpperCase()}`,
          secretAccessKey: 'wJalrXUtnFEMIK7MDENG',
        },
        by,
      });
    const [first, second] = await Promise.allSettled([create('first'), create('second')]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'already-exists' } });
    expect(sessions.list().map(({ sessionName }) => sessionName)).toEqual(['first']);
    expect([...keys]).toEqual([[sessionId, 'AKIAIOSFODNNFIRST']]);
  });

  it('with one name get different profiles', async () => {
    const { sessions } = service();
    const made = await Promise.all([1, 2, 3].map(() => sessions.create({ fields, by })));
    const profiles = made.map((one) => ('profileName' in one ? one.profileName : ''));
    expect(new Set(profiles).size).toBe(3);
  });
});

it('a session whose creation cannot be written leaves no keys behind', async () => {
  const { sessions, keys, workspace } = service();
  workspace.onSave = () => Promise.reject(new Error('disk full'));
  const secrets = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMIK7MDENG',
  };
  await expect(sessions.create({ fields, secrets, by })).rejects.toThrow('disk full');
  expect([...keys]).toEqual([]);
});
