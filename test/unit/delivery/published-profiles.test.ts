import { mkdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  credentials,
  problemOf,
  processLine,
  replacing,
  scratchDelivery,
  target,
  withoutReplacing,
  type Scratch,
} from '../../support/scratch-delivery.ts';

const id = (number: number) => target('', number).sessionId;
const profile = (profileName: string, number = 1, region = 'eu-west-1') => ({
  sessionId: id(number),
  profileName,
  region,
});
const section = (name: string, number = 1, region = 'eu-west-1', eol = '\n') =>
  [
    `[profile ${name}]`,
    `# Stint profile of session ${id(number)}: stint profile unpublish removes it`,
    `credential_process = ${processLine(id(number))}`,
    `region = ${region}`,
    '',
  ].join(eol);
const mine = '[default]\noutput = json\n';
const begin = '# Stint profiles begin: stint profile unpublish removes them';
const end = '# Stint profiles end';

const read = ({ configFile }: Scratch) => readFile(configFile, 'latin1');
const publish = (scratch: Scratch, ...profiles: readonly ReturnType<typeof profile>[]) =>
  scratch.delivery.publish(() => profiles);
const asProcess = (name: string, number: number) => target(name, number, 'config');

describe('published profiles', () => {
  it('are in one marked block at the end of the file, which goes byte for byte', async () => {
    const scratch = await scratchDelivery();
    await writeFile(scratch.configFile, mine);
    await publish(scratch, profile('a'), profile('b', 2));
    expect(await read(scratch)).toBe(`${mine}${begin}\n${section('a')}${section('b', 2)}${end}\n`);
    await publish(scratch, profile('b', 2, 'us-east-1'), profile('c', 3));
    expect(await read(scratch)).toBe(
      `${mine}${begin}\n${section('b', 2, 'us-east-1')}${section('c', 3)}${end}\n`,
    );
    await publish(scratch);
    expect(await read(scratch)).toBe(mine);
  });

  it('have the line endings of the file, behind a byte order mark and a missing last line break', async () => {
    const scratch = await scratchDelivery();
    const open = '\xef\xbb\xbf[default]\r\noutput = json';
    await writeFile(scratch.configFile, open, 'latin1');
    await publish(scratch, profile('a'));
    expect(await read(scratch)).toBe(
      `${open}\r\n${begin} [line-break]\r\n${section('a', 1, 'eu-west-1', '\r\n')}${end}\r\n`,
    );
    await publish(scratch);
    expect(await read(scratch)).toBe(open);
  });

  it('make the file and its folders, and remove them with the last', async () => {
    const scratch = await scratchDelivery();
    const configFile = join(scratch.folder, 'new', '.aws', 'config');
    const made = await scratchDelivery({ configFile });
    await publish(made, profile('a'));
    expect(await readFile(configFile, 'utf8')).toBe(`${begin}\n${section('a')}${end}\n`);
    await publish(made);
    await expect(stat(dirname(dirname(configFile)))).rejects.toThrow('ENOENT');
  });

  it('leave a symbolic link and a file that is written in place as they are', async () => {
    const scratch = await scratchDelivery({ inPlace: true });
    const real = join(scratch.folder, 'dotfiles', 'config');
    await mkdir(dirname(real));
    await writeFile(real, mine);
    await symlink(real, scratch.configFile);
    const { ino } = await stat(real);
    await publish(scratch, profile('a'));
    expect(await readFile(real, 'utf8')).toContain('[profile a]');
    await publish(scratch);
    expect([await readFile(real, 'utf8'), (await stat(real)).ino]).toEqual([mine, ino]);
    expect(await readlink(scratch.configFile)).toBe(real);
  });

  it('are written only where something changes', async () => {
    const scratch = await scratchDelivery();
    expect(await publish(scratch, profile('a'))).toEqual([
      { profileName: 'a', after: section('a') },
    ]);
    const { ino } = await stat(scratch.configFile);
    expect(await publish(scratch, profile('a'))).toEqual([]);
    expect((await stat(scratch.configFile)).ino).toBe(ino);
  });

  it('are only shown by a dry run', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'), profile('b', 2));
    const before = await read(scratch);
    const wanted = [profile('a', 1, 'us-east-1'), profile('c', 3)];
    const planned = await scratch.delivery.publish(() => wanted, { dryRun: true });
    expect(planned).toEqual([
      { profileName: 'a', before: section('a'), after: section('a', 1, 'us-east-1') },
      { profileName: 'b', before: section('b', 2) },
      { profileName: 'c', after: section('c', 3) },
    ]);
    expect(await read(scratch)).toBe(before);
    expect(await scratch.delivery.published()).toMatchObject([profile('a'), profile('b', 2)]);
    expect(await publish(scratch, ...wanted)).toEqual(planned);
  });

  it('keep what other programs add to them, in the block and behind it', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const text = (await read(scratch)).replace('region =', 'output = text\nregion =');
    await writeFile(scratch.configFile, `${text}[profile own]\nregion = x\n`);
    await publish(scratch, profile('a', 1, 'us-east-1'));
    expect(await read(scratch)).toContain('region = us-east-1\noutput = text\n');
    await publish(scratch);
    expect(await read(scratch)).toBe('[profile a]\noutput = text\n[profile own]\nregion = x\n');
  });

  it('are not published under a name of the user’s own, in either file or stashed', async () => {
    const scratch = await scratchDelivery();
    await writeFile(
      scratch.configFile,
      `${mine}[profile "a"]\nregion = x\n[profile s]\noutput = y\n`,
    );
    await scratch.write('[b]\naws_access_key_id = AKIA\n');
    await scratch.delivery.write(asProcess('s', 9), credentials(), replacing);
    await publish(scratch, profile('c'));
    const obstacles = await scratch.delivery.obstacles(['a', 'b', 'c', 'd', 's']);
    expect([...obstacles]).toEqual([
      ['a', `your own profile is in line 3 of ${scratch.configFile}`],
      ['s', `your own profile of ${scratch.configFile} comes back when its session stops`],
      ['b', `your own profile is in line 1 of ${scratch.file}`],
    ]);
  });

  it('give way to a section of the user’s own that appears later', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'), profile('b', 2));
    await writeFile(scratch.configFile, `${await read(scratch)}[profile a]\nregion = mine\n`);
    await publish(scratch, profile('a'), profile('b', 2));
    expect(await read(scratch)).toBe(
      `${begin}\n${section('b', 2)}${end}\n[profile a]\nregion = mine\n`,
    );
  });

  it('are not those of another Stint', async () => {
    const scratch = await scratchDelivery();
    const foreign = section('a').replace('credentials', 'credentials --home /other');
    await writeFile(scratch.configFile, `${begin}\n${foreign}${end}\n`);
    await publish(scratch, profile('b', 2));
    expect(await read(scratch)).toBe(`${begin}\n${foreign}${section('b', 2)}${end}\n`);
    expect([...(await scratch.delivery.obstacles(['a'])).keys()]).toEqual(['a']);
    await publish(scratch);
    expect(await read(scratch)).toBe(`${begin}\n${foreign}${end}\n`);
  });
});

describe('a published profile and an active session', () => {
  it('are one section where the session is delivered under its own published name', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const before = await read(scratch);
    const own = asProcess('a', 1);
    await scratch.delivery.prepare(own, withoutReplacing);
    await scratch.delivery.write(own, credentials(), withoutReplacing);
    expect(await read(scratch)).toBe(before);
    expect(await scratch.delivery.check(own, credentials())).toBe('intact');
    expect(await scratch.delivery.remove(own)).toEqual([]);
    expect(await read(scratch)).toBe(before);
  });

  it('are one section while another session has the name: that session wins until it stops', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'), profile('b', 2));
    const before = (await read(scratch)).replace('region =', 'output = text\nregion =');
    await writeFile(scratch.configFile, before);
    const other = asProcess('a', 7);
    await scratch.delivery.write(other, credentials(), withoutReplacing);
    expect(await read(scratch)).toBe(
      before
        .replaceAll(id(1), id(7))
        .replace('output = text\nregion = eu-west-1', 'region = eu-west-1\noutput = text'),
    );
    expect(await scratch.delivery.check(other, credentials())).toBe('intact');
    // Publishing meanwhile changes nothing of it.
    expect(await publish(scratch, profile('a'), profile('b', 2))).toEqual([]);
    expect(await scratch.delivery.remove(other)).toEqual([]);
    expect(await read(scratch)).toBe(
      before.replace('output = text\nregion = eu-west-1', 'region = eu-west-1\noutput = text'),
    );
  });

  it('are a section and keys in the other file for the delivery credentials-file', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const before = await read(scratch);
    await scratch.delivery.write(target('a'), credentials(), withoutReplacing);
    expect(await scratch.delivery.inspect(target('a'), [])).toEqual([]);
    await scratch.delivery.remove(target('a'));
    expect([await read(scratch), await scratch.bytes()]).toEqual([before, undefined]);
  });

  it('are published at the stop where the session was active before', async () => {
    const scratch = await scratchDelivery();
    const own = asProcess('a', 1);
    await scratch.delivery.write(own, credentials(), withoutReplacing);
    const before = await read(scratch);
    await publish(scratch, profile('a'));
    expect(await read(scratch)).toBe(before);
    await scratch.delivery.remove(own);
    expect(await read(scratch)).toBe(`${begin}\n${section('a')}${end}\n`);
    await publish(scratch);
    await expect(read(scratch)).rejects.toThrow('ENOENT');
  });

  it('leave the name to a section of the user’s own that waits for the vault', async () => {
    const scratch = await scratchDelivery();
    await writeFile(scratch.configFile, mine);
    await publish(scratch, profile('default'));
    await scratch.delivery.write(asProcess('default', 1), credentials(), replacing);
    scratch.vault.locked = true;
    expect(await scratch.delivery.remove(asProcess('default', 1))).toMatchObject([
      { what: 'stash', profileName: 'default' },
    ]);
    expect(await read(scratch)).not.toContain('credential_process');
    scratch.vault.locked = false;
    expect(await scratch.delivery.sweep(() => false)).toEqual([]);
    expect(await read(scratch)).toBe(mine);
  });

  it('let go of each other where the profile is unpublished during the run', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const own = asProcess('a', 1);
    await scratch.delivery.write(own, credentials(), withoutReplacing);
    await publish(scratch);
    expect(await scratch.delivery.check(own, credentials())).toBe('intact');
    await scratch.delivery.remove(own);
    await expect(read(scratch)).rejects.toThrow('ENOENT');
  });
});

describe('an owner that was killed', () => {
  it('before it wrote the file is completed by the next sweep', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const whole = await read(scratch);
    await rm(scratch.configFile);
    await scratch.restarted().sweep(() => false);
    expect(await read(scratch)).toBe(whole);
  });

  it('while it removed profiles is completed by the next sweep', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const whole = await read(scratch);
    await publish(scratch);
    await writeFile(scratch.configFile, whole);
    await scratch.restarted().sweep(() => false);
    expect(await read(scratch)).toBe('');
  });

  it('while another session had the name gives it back', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const before = await read(scratch);
    await scratch.delivery.write(asProcess('a', 7), credentials(), withoutReplacing);
    await scratch.restarted().sweep(() => false);
    expect(await read(scratch)).toBe(before);
  });

  it('with a list that cannot be read publishes and removes nothing', async () => {
    const scratch = await scratchDelivery();
    await publish(scratch, profile('a'));
    const before = await read(scratch);
    await writeFile(join(scratch.folder, 'published-profiles.json'), '{"version":2}');
    const next = scratch.restarted();
    await next.sweep(() => false);
    expect((await problemOf(next.publish(() => []))).code).toBe('file-unreadable');
    expect(await read(scratch)).toBe(before);
  });
});
