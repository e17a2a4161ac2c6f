import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, type ScratchOwner } from '../../support/scratch-owner.ts';
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

  it('moves the section of an active session with its next rotation', async () => {
    const { sessions, settings } = owner.stint;
    const { session } = await owner.addUser('anna');
    await sessions.start(session.sessionId, { by });
    const elsewhere = inScratch('other-credentials');
    await settings.change({ awsCredentialsFile: elsewhere });
    await sessions.rotate(session.sessionId, { by });
    expect(await readFile(elsewhere, 'utf8')).toContain(session.sessionId);
    expect(await owner.credentials()).toBe(before);
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
    await sessions.rotate(sessionId, { by });
    expect(await readFile(join(second, 'azureProfile.json'), 'utf8')).toContain(sessionId);
    expect(existsSync(first)).toBe(false);
    expect((await sessions.stop(sessionId, { by })).leftovers).toEqual([]);
    expect(existsSync(second)).toBe(false);
  });
});
