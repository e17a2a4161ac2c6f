import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { markerText } from '../../../src/services/delivery/aws-credentials/file/section.ts';
import { failReads } from '../../support/failing-reads.ts';
import {
  credentials,
  processLine,
  replacing,
  scratchDelivery,
  scratchIn,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

const active = () => true;
const inactive = () => false;
const mine = (name: string) => `[${name}]\naws_access_key_id = AKIAOWN\n`;

describe('a section of Stint that no journal lists', () => {
  const { sessionId } = target('dev');
  const marker = (published = false) => markerText({ sessionId, lineBreak: false, published });
  const section = (expires: string, comment = marker()) =>
    `[dev]\n${comment}\naws_access_key_id = ASIA\n${expires}`;
  const expired = 'x_security_token_expires = 2001-01-01T00:00:00.000Z\n';
  const valid = 'x_security_token_expires = 2099-01-01T00:00:00.000Z\n';

  it('is removed from the credentials file once its keys expired', async () => {
    const scratch = await scratchDelivery();
    const after = async (text: string) => {
      await scratch.write(text);
      expect(await scratch.delivery.sweep(inactive)).toEqual([]);
      return await scratch.bytes();
    };
    expect(await after(section(expired))).toBe('');
    for (const text of [section(valid), section(''), section('x_security_token_expires = x\n')]) {
      expect(await after(text)).toBe(text);
    }
    const published = section(expired, marker(true));
    expect(await after(published)).toBe(published);
    expect(await after(`[dev]\n${expired}`)).toBe(`[dev]\n${expired}`);
  });

  it('is removed from the config file where it leads to this Stint', async () => {
    const scratch = await scratchDelivery();
    const other = `[profile dev]\n${marker()}\nregion = x\n${expired}`;
    const ours = `[profile a]\n${marker()}\ncredential_process = ${processLine(sessionId)}\n`;
    await writeFile(scratch.configFile, ours + other);
    expect(await scratch.delivery.sweep(inactive)).toEqual([]);
    expect(await readFile(scratch.configFile, 'utf8')).toBe(other);
  });

  it('stays where its session is active', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(section(expired));
    expect(await scratch.delivery.sweep(active)).toEqual([]);
    expect(await scratch.bytes()).toBe(section(expired));
    expect(await scratch.delivery.held()).toMatchObject([{ kind: 'section', sessionId }]);
  });

  it('is removed also where the other file cannot be read', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(section(expired));
    await writeFile(scratch.configFile, '[a]\n\0');
    expect(await scratch.delivery.sweep(inactive)).toEqual([]);
    expect(await scratch.bytes()).toBe('');
    expect(await readFile(scratch.configFile, 'utf8')).toBe('[a]\n\0');
  });

  it('does not make a file, nor write one', async () => {
    const scratch = await scratchDelivery();
    await writeFile(scratch.configFile, '[default]\n');
    const { ino } = await stat(scratch.configFile);
    expect(await scratch.delivery.sweep(inactive)).toEqual([]);
    expect(await scratch.bytes()).toBeUndefined();
    expect((await stat(scratch.configFile)).ino).toBe(ino);
  });
});

describe('what a sweep cannot remove or restore', () => {
  it('is reported once for each place, and every time', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file, configFile, vault } = scratch;
    await scratch.write(mine('a') + mine('b'));
    await writeFile(configFile, '[profile a]\nregion = x\n');
    await delivery.write(target('a', 1), credentials(1), replacing);
    await delivery.write(target('b', 2), credentials(2), replacing);
    await delivery.write(target('a', 3, 'config'), credentials(3), replacing);
    vault.locked = true;
    const stash = (profileName: string, number: number, where = file) => ({
      sessionId: target('', number).sessionId,
      file: where,
      profileName,
      what: 'stash',
      reason: 'The vault is locked.',
    });
    expect(await delivery.remove(target('a', 1))).toEqual([stash('a', 1)]);
    const left = [stash('b', 2), stash('a', 3, configFile), stash('a', 1)];
    expect(await delivery.sweep(inactive)).toEqual(left);
    expect(await delivery.sweep(inactive)).toEqual([
      stash('a', 1),
      stash('b', 2),
      stash('a', 3, configFile),
    ]);
    vault.locked = false;
    expect(await delivery.sweep(inactive)).toEqual([]);
    expect(await scratch.bytes()).toBe(mine('a') + mine('b'));
    expect(await readFile(configFile, 'utf8')).toBe('[profile a]\nregion = x\n');
    expect(await delivery.held()).toEqual([]);
    expect([...vault.secrets]).toEqual([]);
  });

  it('is reported with the section where the file cannot be read', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file } = scratch;
    await scratch.write(mine('a'));
    await delivery.write(target('a'), credentials(), replacing);
    const repair = failReads(file, 'EIO');
    const { sessionId } = target('a');
    const reason = expect.stringContaining(file) as string;
    const left = [
      { sessionId, file, profileName: 'a', what: 'section', reason },
      { sessionId, file, profileName: 'a', what: 'stash', reason },
    ];
    expect(await delivery.sweep(inactive)).toEqual(left);
    expect(await delivery.remove(target('a'))).toEqual(left);
    repair();
    expect(await delivery.sweep(inactive)).toEqual([]);
    expect(await scratch.bytes()).toBe(mine('a'));
  });

  it('names the line that keeps a section of the user’s own from being restored', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file } = scratch;
    await scratch.write(mine('a'));
    await delivery.write(target('a'), credentials(), replacing);
    await scratch.write(`${(await scratch.bytes()) ?? ''}[a]\nx = 1\n`);
    const left = await delivery.remove(target('a'));
    expect(left).toEqual([
      {
        sessionId: target('a').sessionId,
        file,
        profileName: 'a',
        what: 'stash',
        reason: `Line 2 of ${file}: another section has that name now. Your section [a] stays in the vault until you remove that.`,
      },
    ]);
    expect(await delivery.sweep(inactive)).toEqual(left);
    await scratch.write((await scratch.bytes())?.replace('[a]\nx = 1\n', '') ?? '');
    expect(await delivery.sweep(inactive)).toEqual([]);
    expect(await scratch.bytes()).toBe(mine('a'));
  });

  it('is named until nothing in the file refers to it, where the vault lost it', async () => {
    const scratch = await scratchDelivery();
    const { delivery, vault } = scratch;
    await scratch.write(mine('a'));
    await delivery.write(target('a'), credentials(), replacing);
    vault.secrets.clear();
    expect(await delivery.remove(target('a'))).toMatchObject([
      { what: 'stash', reason: 'The vault no longer has your stashed section.' },
    ]);
    expect(await scratch.bytes()).toMatch(/^# Stint .* is restored here/m);
    await scratch.write('[b]\n');
    expect(await delivery.sweep(inactive)).toEqual([]);
    expect(await delivery.held()).toEqual([]);
  });
});

describe('a file that Stint made', () => {
  it('stays while another session or a published profile is in it, and goes with the last', async () => {
    const scratch = await scratchDelivery();
    const file = join(scratch.folder, 'new', '.aws', 'both');
    const { delivery } = scratchIn(scratch.folder, { file, configFile: file });
    await delivery.write(target('a', 1), credentials(1), withoutReplacing);
    await delivery.write(target('b', 2), credentials(2), withoutReplacing);
    const { sessionId } = target('', 3);
    await delivery.publish(() => [{ sessionId, profileName: 'c', region: 'x' }]);
    for (const [name, number] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      await delivery.remove(target(name, number));
      expect(await readFile(file, 'utf8')).not.toContain(`[${name}]`);
      expect(await delivery.held()).toContainEqual(expect.objectContaining({ kind: 'file', file }));
    }
    await delivery.publish(() => []);
    await expect(stat(join(scratch.folder, 'new'))).rejects.toThrow('ENOENT');
    expect(await delivery.held()).toEqual([]);
  });

  it('stays empty where it is written in place, as others may have it mounted', async () => {
    const scratch = await scratchDelivery({ inPlace: true });
    await scratch.delivery.write(target('a'), credentials(), withoutReplacing);
    await scratch.delivery.remove(target('a'));
    expect(await scratch.bytes()).toBe('');
  });

  it('is not the user’s empty file', async () => {
    const scratch = await scratchDelivery();
    await scratch.write('');
    await scratch.delivery.write(target('a'), credentials(), withoutReplacing);
    await scratch.delivery.remove(target('a'));
    expect(await scratch.bytes()).toBe('');
  });
});
