import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureTenant } from '../../support/azure-tenant.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, eventually, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});

const unreadable = '[anna\n';

/** Makes a file one that Stint leaves alone; the returned function puts it back. */
async function broken(file: string, content = unreadable): Promise<() => Promise<void>> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, content);
  return () => writeFile(file, text);
}

const what = () => owner.stint.leftovers().map((leftover) => leftover.what);
const nothingLeft = () => eventually(what, (left) => left.length === 0);

describe('what a stop leaves in the AWS credentials file', () => {
  it('is removed within a minute of the moment at which that is possible', async () => {
    const { sessions, scheduler } = owner.stint;
    const { session } = await owner.addUser('anna');
    await sessions.start(session.sessionId, { by });
    scheduler.start();
    const repair = await broken(owner.credentialsFile);
    const { leftovers } = await sessions.stop(session.sessionId, { by });
    expect(leftovers).toMatchObject([{ what: 'section', file: owner.credentialsFile }]);

    await owner.pass(60);
    expect(owner.stint.leftovers()).toEqual(leftovers);
    await repair();
    await owner.pass(45);
    expect(await owner.credentials()).toContain('[anna]');
    await owner.pass(15);
    await nothingLeft();
    expect(await owner.credentials()).toBe(before);
  });

  it('is removed also while the session runs again, with no file', async () => {
    const { sessions, scheduler } = owner.stint;
    const { session } = await owner.addUser('anna');
    const { sessionId } = session;
    await sessions.start(sessionId, { by });
    const repair = await broken(owner.credentialsFile);
    await sessions.stop(sessionId, { by });
    const edit = (fields: object) => ({ ...fields, delivery: 'endpoint-only' }) as never;
    await sessions.update(sessionId, { edit, by });
    await sessions.start(sessionId, { by });
    await repair();
    scheduler.start();
    await nothingLeft();
    expect(sessions.get(sessionId).status).toBe('active');
    expect(await owner.credentials()).toBe(before);
  });

  it('is removed also from a file that an active session has left', async () => {
    const { sessions, settings, scheduler } = owner.stint;
    const { session } = await owner.addUser('anna');
    await sessions.start(session.sessionId, { by });
    const repair = await broken(owner.credentialsFile);
    const elsewhere = join(owner.folder, 'elsewhere');
    await settings.change({ awsCredentialsFile: elsewhere });
    await sessions.rotate(session.sessionId, { by });
    expect(what()).toEqual(['section']);
    await repair();
    scheduler.start();
    await nothingLeft();
    expect(await owner.credentials()).toBe(before);
    expect(await readFile(elsewhere, 'utf8')).toContain('[anna]');
  });
});

describe('what a stop leaves in the files of the Azure CLI', () => {
  it('is removed within a minute of the moment at which that is possible', async () => {
    const { sessions, settings, scheduler } = owner.stint;
    const tenant = await azureTenant(owner, 'acme');
    await tenant.offer('Payments');
    await tenant.sync();
    const { sessionId } = tenant.session('Payments');
    await sessions.start(sessionId, { by });
    scheduler.start();
    const folder = settings.current().azureConfigDir;
    const repair = await broken(join(folder, 'azureProfile.json'), '{"subscriptions": [');
    await sessions.stop(sessionId, { by });
    expect(what()).toEqual(['account']);
    await repair();
    await owner.pass(60);
    await nothingLeft();
    expect(existsSync(folder)).toBe(false);
  });
});
