import { readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCampaign, minutes } from '../support/campaign.ts';
import { damages, kindsOfDamage } from '../support/damaged-database.ts';
import {
  azureCredentials,
  azureScratch,
  azureTarget,
  foreignSubscription,
  pythonProfile,
} from '../support/scratch-azure.ts';
import {
  credentials,
  replacing,
  scratchDelivery,
  target,
  type OpenVault,
  type Scratch,
} from '../support/scratch-delivery.ts';

/** A delivery with one active session, whose start stashed something of the user's. */
interface Active {
  readonly journalFile: string;
  readonly vault: OpenVault;
  /** The user's files; the first holds what was stashed. */
  readonly files: readonly [string, ...string[]];
  /** What the first held before the start. */
  readonly original: string;
  /** What a stop says that is left while the vault is locked. Entries of the Azure CLI do not name a stash. */
  readonly waiting: readonly unknown[];
  /** The next owner: nothing in memory. */
  readonly restarted: () => {
    sweep(): Promise<readonly unknown[]>;
    remove(): Promise<readonly unknown[]>;
  };
}

function publish({ delivery }: Scratch, ...profileNames: readonly string[]): Promise<unknown> {
  const { sessionId } = target('');
  return delivery.publish(() =>
    profileNames.map((profileName) => ({ sessionId, profileName, region: 'eu-west-1' })),
  );
}

/** A session delivered to an AWS file with this text, whose start stashed the user's own profile `dev`. */
async function inAwsFile(
  kind: 'credentials' | 'config',
  own: string,
  prepare: (scratch: Scratch) => unknown = () => undefined,
): Promise<Active> {
  const scratch = await scratchDelivery();
  const file = kind === 'config' ? scratch.configFile : scratch.file;
  await writeFile(file, own);
  await prepare(scratch);
  const original = await readFile(file, 'latin1');
  const dev = target('dev', 1, kind);
  await scratch.delivery.write(dev, credentials(), replacing);
  return {
    ...scratch,
    files: [file],
    original,
    waiting: [expect.objectContaining({ what: 'stash', file })],
    restarted: () => {
      const delivery = scratch.restarted();
      return { sweep: () => delivery.sweep(() => true), remove: () => delivery.remove(dev) };
    },
  };
}

const ownConfig =
  '[default]\nx=1\n\n[profile dev] ; by hand\nregion=mars-1\n\n# tail\n[profile b]\ny=2';

const deliveries: Readonly<Record<string, () => Promise<Active>>> = {
  'AWS credentials': () =>
    inAwsFile(
      'credentials',
      '[a]\nx=1\n\n[dev] ; by hand\naws_access_key_id=AKIAOWN\n\n# tail\n[b]\ny=2',
    ),
  'AWS config': () => inAwsFile('config', ownConfig),
  'AWS config, of a profile that is published too': () =>
    inAwsFile('config', ownConfig, (scratch) => publish(scratch, 'a', 'dev')),
  async 'Azure CLI'() {
    const original = pythonProfile(
      foreignSubscription(7, { isDefault: true }),
      foreignSubscription(1),
    );
    const scratch = await azureScratch();
    await scratch.profile.write(original);
    await scratch.delivery.write(azureTarget(1), azureCredentials(), replacing);
    return {
      ...scratch,
      files: [scratch.profile.path, scratch.cache.path],
      original,
      waiting: [],
      restarted: () => {
        const delivery = scratch.restarted();
        return {
          sweep: () => delivery.sweep(() => true),
          remove: () => delivery.remove(azureTarget(1)),
        };
      },
    };
  },
};

const offsets = (length: number) =>
  [...Array(length).keys()].filter((at) => isCampaign || at % 23 === 0);

describe.each(Object.entries(deliveries))('a damaged journal of %s', (_name, start) => {
  it(
    'keeps no stop from restoring the user’s own',
    async () => {
      const { journalFile, vault, files, original, restarted } = await start();
      const journal = await readFile(journalFile);
      const contents = await Promise.all(files.map((file) => readFile(file)));
      const secrets = [...vault.secrets];
      for (const at of offsets(journal.length)) {
        for (const kind of kindsOfDamage) {
          for (const [index, file] of files.entries()) {
            await writeFile(file, contents[index] ?? '');
            await utimes(file, 0, 0);
          }
          vault.secrets.clear();
          for (const [name, secret] of secrets) vault.secrets.set(name, secret);
          await writeFile(journalFile, damages[kind](journal, at));
          const owner = restarted();
          const leftovers = [...(await owner.sweep()), ...(await owner.remove())];
          const now = await readFile(files[0], 'utf8').catch(() => undefined);
          const what = `${kind} at ${at}`;
          expect([what, leftovers, now, [...vault.secrets.keys()]]).toEqual([
            what,
            [],
            original,
            [],
          ]);
          await rm(`${journalFile}.damaged`, { force: true });
        }
      }
    },
    minutes(isCampaign ? 20 : 1),
  );

  it('and a locked vault: the user’s own is restored after the unlock', async () => {
    const { journalFile, vault, files, original, restarted, waiting } = await start();
    await writeFile(journalFile, 'damaged');
    vault.locked = true;
    const owner = restarted();
    expect(await owner.sweep()).toEqual([]);
    expect(await owner.remove()).toEqual(waiting);
    vault.locked = false;
    expect(await owner.sweep()).toEqual([]);
    expect(await readFile(files[0], 'utf8')).toBe(original);
    expect([...vault.secrets]).toEqual([]);
  });
});

it('a damaged journal, a locked vault and a file without Stint’s comments: the user’s own is restored after the unlock', async () => {
  const { journalFile, vault, files, restarted } = await inAwsFile('config', ownConfig, (scratch) =>
    publish(scratch, 'dev'),
  );
  await writeFile(journalFile, 'damaged');
  const [config] = files;
  await writeFile(config, (await readFile(config, 'latin1')).replaceAll(/^# Stint.*\n/gm, ''));
  vault.locked = true;
  await restarted().sweep();
  vault.locked = false;
  const owner = restarted();
  expect(await owner.sweep()).toEqual([]);
  expect(await owner.remove()).toEqual([]);
  const restored = await readFile(config, 'latin1');
  expect(restored.match(/^\[profile dev\].*$/gm)).toEqual(['[profile dev] ; by hand']);
  expect([...vault.secrets]).toEqual([]);
});

it('a damaged list of published profiles keeps them, in the list and in the file', async () => {
  const scratch = await scratchDelivery();
  const profiles = ['a', 'Ä ö', '007'].map((profileName, number) => ({
    sessionId: target('', number).sessionId,
    profileName,
    region: 'eu-west-1',
    ...(number === 0 ? { endpointUrl: 'https://localhost:4566' } : {}),
  }));
  await scratch.delivery.publish(() => profiles);
  const list = join(scratch.home, 'published-profiles.json');
  const [whole, config] = [await readFile(list), await readFile(scratch.configFile)];
  for (const at of offsets(whole.length)) {
    for (const kind of kindsOfDamage) {
      await writeFile(list, damages[kind](whole, at));
      const owner = scratch.restarted();
      const what = `${kind} at ${at}`;
      expect([what, await owner.sweep(() => false)]).toEqual([what, []]);
      expect([what, await owner.published()]).toEqual([
        what,
        profiles.map((one) => ({ ...one, file: scratch.configFile })),
      ]);
      expect([what, await readFile(scratch.configFile)]).toEqual([what, config]);
      await rm(`${list}.damaged`, { force: true });
    }
  }
});
