import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { EventLog } from '../../../src/services/events/event-log.ts';
import { DeliveryWatch, filesOf } from '../../../src/services/rotation/delivery-watch.ts';
import { eventually } from '../../support/scratch-owner.ts';

const active = [
  { type: 'awsIamUser', sessionId: 'aws' },
  { type: 'azure', sessionId: 'azure' },
] as unknown as readonly Session[];

it('names the folders of the files that active sessions deliver to', async () => {
  const locations = {
    awsCredentialsFile: '/home/anna/.aws/credentials',
    azureConfigDir: '/home/anna/.azure',
    azureFiles: ['azureProfile.json'],
    locate: (file: string) => Promise.resolve(file.replace('.aws', 'dotfiles')),
  };
  expect(await filesOf(active, locations)).toEqual([
    { folder: '/home/anna/dotfiles', names: new Set(['credentials']), sessionIds: ['aws'] },
    { folder: '/home/anna/.azure', names: new Set(['azureProfile.json']), sessionIds: ['azure'] },
  ]);
  expect(await filesOf([], locations)).toEqual([]);
});

it('checks once for a burst of changes, also by rename, and not for other files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stint-watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const checked: (readonly string[])[] = [];
  const watch = new DeliveryWatch({
    files: () => Promise.resolve([{ folder, names: new Set(['profile']), sessionIds: ['azure'] }]),
    check: (ids) => Promise.resolve(void checked.push(ids)),
    events: new EventLog(),
  });
  watch.start();
  onTestFinished(() => {
    watch.stop();
  });
  await eventually(
    () => watch.folders(),
    (folders) => folders.length === 1,
  );
  await writeFile(join(folder, 'another'), 'x');
  for (const text of ['a', 'b', 'c']) await writeFile(join(folder, 'profile'), text);
  await eventually(
    () => checked,
    (all) => all.length > 0,
  );
  expect(checked).toEqual([['azure']]);
  await rename(join(folder, 'another'), join(folder, 'profile'));
  await eventually(
    () => checked,
    (all) => all.length > 1,
  );
  expect(checked).toHaveLength(2);
});
