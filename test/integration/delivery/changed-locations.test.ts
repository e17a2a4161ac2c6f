import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});

const inScratch = (...path: readonly string[]) =>
  join(dirname(dirname(owner.credentialsFile)), ...path);

describe('a file location changed in the settings', () => {
  it('counts from the next start of an AWS session', async () => {
    const { sessions, settings } = owner.stint;
    const { session } = await owner.addUser('anna');
    const elsewhere = inScratch('other-credentials');
    await settings.change({ awsCredentialsFile: elsewhere });
    await sessions.start(session.sessionId, { by });
    expect(await readFile(elsewhere, 'utf8')).toContain(session.sessionId);
    expect(await owner.credentials()).toBe(before);
    await sessions.stop(session.sessionId, { by });
    expect(existsSync(elsewhere)).toBe(false);
  });

  it('counts for a warning about the AWS config file', async () => {
    const { sessions, settings } = owner.stint;
    const { session } = await owner.addUser('anna');
    await settings.change({ awsConfigFile: inScratch('.aws', 'credentials') });
    const elsewhere = `AWS_CONFIG_FILE=${inScratch('config')}`;
    const { findings } = await sessions.start(session.sessionId, {
      by,
      callerEnvironment: [elsewhere],
    });
    expect(findings.map(({ message }) => message).join()).toContain(owner.credentialsFile);
  });

  it('moves the section of an active session at once', async () => {
    const { sessions, settings, history } = owner.stint;
    const { session } = await owner.addUser('anna');
    await sessions.start(session.sessionId, { by });
    const elsewhere = inScratch('other-credentials');
    await settings.change({ awsCredentialsFile: elsewhere });
    expect(await readFile(elsewhere, 'utf8')).toContain(session.sessionId);
    expect(await owner.credentials()).toBe(before);
    const messages = history.list({ limit: 5 }).items.map(({ message }) => message);
    expect(messages.join()).toMatch(/name another file/);
  });

  it('is refused if an active session cannot move there, and nothing is changed', async () => {
    const { sessions, settings } = owner.stint;
    const ids = [];
    for (const name of ['anna', 'ben']) {
      const { session } = await owner.addUser(name);
      await sessions.start(session.sessionId, { by });
      ids.push(session.sessionId);
    }
    const then = await owner.credentials();
    const elsewhere = inScratch('other-credentials');
    // Ben's own section: Anna's has moved by the time Stint comes to it.
    await writeFile(elsewhere, '[ben]\naws_access_key_id = AKIAOWN\n');
    await expect(settings.change({ awsCredentialsFile: elsewhere })).rejects.toMatchObject({
      code: 'section-occupied',
      message: expect.stringMatching(
        /^The settings were not changed, because an active session could not move: .* \[ben\]/,
      ) as string,
    });
    expect(settings.current().awsCredentialsFile).toBe(owner.credentialsFile);
    expect(await readFile(elsewhere, 'utf8')).toBe('[ben]\naws_access_key_id = AKIAOWN\n');
    for (const id of ids) expect(await owner.credentials()).toContain(id);
    expect((await owner.credentials()).length).toBe(then.length);
  });

  it('does not wait for a rotation that waits for a person', async () => {
    const { sessions, settings, prompts } = owner.stint;
    const { session, user } = await owner.addUser('anna', { mfa: true });
    const answer = async () => {
      const [asked] = await eventually(
        () => prompts.list(),
        ({ length }) => length === 1,
      );
      const code = await owner.cloud.mfaCode(String(user.mfaSerial));
      await prompts.answer(String(asked?.promptId), { answer: code });
    };
    await sessions.start(session.sessionId, { by });
    await answer();
    await eventually(
      () => sessions.get(session.sessionId).status,
      (status) => status === 'active',
    );
    await sessions.rotate(session.sessionId, { by });
    const elsewhere = inScratch('other-credentials');
    await settings.change({ awsCredentialsFile: elsewhere });
    expect(existsSync(elsewhere)).toBe(false);
    await answer();
    await eventually(
      () => owner.credentials(),
      (text) => text === before,
    );
    expect(await readFile(elsewhere, 'utf8')).toContain(session.sessionId);
  });

  it('counts from the next start of an Azure session, and moves an active one', async () => {
    const { sessions, settings } = owner.stint;
    const tenant = await azureTenant(owner, 'acme');
    await tenant.offer('Payments');
    await tenant.sync();
    const { sessionId } = tenant.session('Payments');
    const [first, second] = [inScratch('azure-1'), inScratch('azure-2')];
    await settings.change({ azureConfigDir: first });
    await sessions.start(sessionId, { by });
    expect(await readFile(join(first, 'azureProfile.json'), 'utf8')).toContain(sessionId);
    await settings.change({ azureConfigDir: second });
    expect(await readFile(join(second, 'azureProfile.json'), 'utf8')).toContain(sessionId);
    expect(existsSync(first)).toBe(false);
    expect((await sessions.stop(sessionId, { by })).leftovers).toEqual([]);
    expect(existsSync(second)).toBe(false);
  });
});

describe('a path in the settings', () => {
  it.each(['~/corp.pem', '$HOME/corp.pem', '${HOME}/corp.pem'])(
    '%s is in the home',
    async (path) => {
      const changed = await owner.stint.settings.change({ caBundle: path });
      expect(changed.caBundle).toBe(join(homedir(), 'corp.pem'));
    },
  );

  it.each(['awsCredentialsFile', 'awsConfigFile', 'azureConfigDir', 'caBundle'])(
    'must not be relative: nobody knows the folder of the agent (%s)',
    async (name) => {
      await expect(owner.stint.settings.change({ [name]: 'rel/file' })).rejects.toMatchObject({
        code: 'invalid-request',
        details: {
          errors: [
            {
              field: name,
              message: 'must be an absolute path, or one that begins with ~ or $HOME',
            },
          ],
        },
      });
    },
  );
});
