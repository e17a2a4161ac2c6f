import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportSetUp } from '../../../src/services/export/export-sessions.ts';
import { planImport } from '../../../src/services/import/plan.ts';
import { stintDraft } from '../../../src/services/import/sources/stint/importer.ts';
import { settingsSchema } from '../../../src/models/settings.ts';
import { anySetUp } from '../../support/set-up.ts';

const file = '/home/anna/team.yaml';
const settings = settingsSchema.parse({
  awsCredentialsFile: '/c',
  awsConfigFile: '/d',
  azureConfigDir: '/e',
});

/** What an empty home has after the import. */
async function imported(text: string) {
  const { sessions, integrations, identityProviders } = planImport(await stintDraft(text, file), {
    from: 'stint',
    now: Date.parse('2026-11-20T12:00:00.000Z'),
    withKeys: false,
    sessions: [],
    integrations: [],
    identityProviders: [],
    settings,
    records: [],
    accessKeyIds: new Map(),
    checkSession: (fields) => fields,
  });
  return { sessions, integrations, identityProviders };
}

describe('an export that is imported', () => {
  it('into an empty home gives the same export, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(anySetUp, async (setUp) => {
        const first = exportSetUp(setUp).content;
        expect(exportSetUp(await imported(first)).content).toBe(first);
      }),
      { numRuns: 60 },
    );
  });

  it('never brings a program along', async () => {
    const text =
      'version: 1\nsessions:\n- {sessionName: a, type: awsIamUser, region: eu-west-1, mfaCommand: [rm]}';
    const { sessions } = await stintDraft(text, file);
    expect(sessions?.[0]?.fields).not.toHaveProperty('mfaCommand');
    expect(sessions?.[0]?.notes?.[0]).toContain('mfaCommand is a program');
  });

  it('names a block that is not valid, and takes the others', async () => {
    const good = '{sessionName: good, type: awsIamUser, region: eu-west-1}';
    const bad = '{sessionName: bad, type: awsIamUser, region: eu-west-1, sessionId: x}';
    const text = `version: 1\nsessions:\n- ${good}\n- ${bad}\n- {type: nothing}\n- {__proto__: {a: 1}}`;
    const { sessions, skipped } = await stintDraft(text, file);
    expect(sessions?.map(({ fields }) => fields.sessionName)).toEqual(['good']);
    expect(skipped?.map(({ name }) => name)).toEqual(['bad', 'session 3', 'session 4']);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it.each([
    ['nothing', '', 'is not an export of Stint'],
    ['a text', 'hello', 'is not an export of Stint'],
    ['a file of a newer version', 'version: 2', 'has version 2'],
    ['what git leaves of a conflict', 'version: 1\n<<<<<<< HEAD\na: 1', 'line 2 is not valid YAML'],
    ['sessions that are not a list', 'version: 1\nsessions: 5', 'is not an export of Stint'],
  ])('is refused, naming the file, when it is %s', async (_, text, why) => {
    await expect(stintDraft(text, file)).rejects.toThrow(why);
  });
});
