import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/models/problem.ts';
import {
  credentials,
  problemOf,
  processLine,
  replacing,
  scratchDelivery,
  scratchIn,
  target,
  withoutReplacing,
  type Scratch,
} from '../../support/scratch-delivery.ts';

const profile = (profileName: string, number = 1, region = 'eu-west-1') => ({
  sessionId: target('', number).sessionId,
  profileName,
  region,
});
const publish = ({ delivery }: Scratch, ...profiles: readonly ReturnType<typeof profile>[]) =>
  delivery.publish(() => profiles);
const read = ({ configFile }: Scratch) => readFile(configFile, 'latin1');
const mine = '[default]\noutput = json\n';

describe('the file of published profiles', () => {
  it('is the config file, and stays where it is the user’s, also an empty one', async () => {
    const scratch = await scratchDelivery();
    await writeFile(scratch.configFile, '');
    expect(scratch.delivery.file()).toBe(scratch.configFile);
    await publish(scratch, profile('a'));
    await publish(scratch);
    expect(await read(scratch)).toBe('');
  });

  it('that Stint made goes without the other file that it made, which is listed still', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file, configFile } = scratch;
    await delivery.write(target('x'), credentials(), withoutReplacing);
    await publish(scratch, profile('a'));
    const made = async () =>
      (await delivery.held()).flatMap((held) => (held.kind === 'file' ? [held.file] : []));
    expect(await made()).toEqual([file, configFile]);
    await publish(scratch);
    expect(await made()).toEqual([file]);
    await expect(read(scratch)).rejects.toThrow('ENOENT');
    await delivery.remove(target('x'));
    expect(await made()).toEqual([]);
  });

  it('is another one where the user moves it: the profiles leave the first', async () => {
    const scratch = await scratchDelivery();
    await writeFile(scratch.configFile, mine);
    await publish(scratch, profile('a'));
    const published = (await read(scratch)).slice(mine.length);
    const elsewhere = join(scratch.folder, 'new', 'config');
    const moved = scratchIn(scratch.folder, { configFile: elsewhere });
    await publish(moved, profile('a'));
    expect([await read(scratch), await read(moved)]).toEqual([mine, published]);
    const back = scratchIn(scratch.folder);
    await publish(back, profile('a'));
    expect(await read(back)).toBe(mine + published);
    await expect(stat(dirname(elsewhere))).rejects.toThrow('ENOENT');
    expect(await back.delivery.held()).toEqual([]);
  });

  it('that cannot be made is refused, and what is in the way stays', async () => {
    const scratch = await scratchDelivery();
    const folder = join(scratch.folder, 'aws');
    await writeFile(folder, 'a file');
    const blocked = scratchIn(scratch.folder, { configFile: join(folder, 'config') });
    await expect(publish(blocked, profile('a'))).rejects.toBeInstanceOf(Problem);
    expect(await readFile(folder, 'utf8')).toBe('a file');
  });
});

describe('the changes of a publication', () => {
  it('are in the order of the names, without what others added', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('b'));
    const text = await read(scratch);
    await writeFile(scratch.configFile, text.replace('region =', 'output = text\nregion ='));
    const changes = await publish(scratch, profile('b', 1, 'us-east-1'), profile('a', 2));
    expect(changes.map(({ profileName }) => profileName)).toEqual(['a', 'b']);
    expect(changes[1]?.before).not.toContain('output');
    expect(changes[1]?.after).toBe(changes[1]?.before?.replace('eu-west-1', 'us-east-1'));
  });

  it('are those of published sections only, beside one of the user’s own of that name', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    await writeFile(scratch.configFile, `${await read(scratch)}[profile a]\nregion = mine\n`);
    const [change, ...more] = await publish(scratch, profile('a'));
    expect(more).toEqual([]);
    expect(change?.before).toContain(processLine(profile('a').sessionId));
    expect(change).not.toHaveProperty('after');
  });
});

describe('a Stint in a folder that not every SDK can read in a config file', () => {
  const refusing = () => {
    throw new Problem('invalid-request', { detail: 'The path has a quote.', next: 'Move Stint.' });
  };

  it('publishes nothing, and says why', async () => {
    const scratch = await scratchDelivery({ processLine: refusing });
    await writeFile(scratch.configFile, mine);
    expect((await problemOf(publish(scratch, profile('a')))).message).toBe('The path has a quote.');
    expect(await read(scratch)).toBe(mine);
    expect(await scratch.delivery.published()).toEqual([]);
  });

  it('leaves a profile of the user’s own under a published name', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const own = '[profile a]\nregion = mine\n';
    await writeFile(scratch.configFile, own);
    const moved = scratchIn(scratch.folder, { processLine: refusing });
    expect(await moved.delivery.sweep(() => false)).toEqual([]);
    expect(await read(scratch)).toBe(own);
    expect([...(await moved.delivery.obstacles(['a'])).keys()]).toEqual(['a']);
  });
});

it('a name is taken by any of several profiles of the user’s own that are stashed', async () => {
  const scratch = await scratchDelivery();
  const { delivery, configFile, file } = scratch;
  await writeFile(configFile, '[profile a]\nx = 1\n[profile b]\nx = 2\n');
  await scratch.write('[c]\nx = 3\n');
  await delivery.write(target('a', 1, 'config'), credentials(), replacing);
  await delivery.write(target('b', 2, 'config'), credentials(), replacing);
  await delivery.write(target('c', 3), credentials(), replacing);
  const taken = (where: string) => `your own profile of ${where} comes back when its session stops`;
  expect([...(await delivery.obstacles(['a', 'b', 'c', 'd']))]).toEqual([
    ['a', taken(configFile)],
    ['b', taken(configFile)],
    ['c', taken(file)],
  ]);
});
