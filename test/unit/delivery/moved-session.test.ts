import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { failReads } from '../../support/failing-reads.ts';
import {
  credentials,
  replacing,
  scratchDelivery,
  target,
  withoutReplacing,
  type Scratch,
} from '../../support/scratch-delivery.ts';

const mine = '[dev]\naws_access_key_id = AKIAOWN\n[b]\ny = 2\n';

interface Journal {
  readonly sections: readonly unknown[];
}

/** What Stint holds, in short. */
async function held({ delivery }: Scratch): Promise<readonly string[]> {
  return (await delivery.held()).map(({ what }) => what);
}

const withKeys = (name: string) => `Profile ${name} with temporary keys`;
const withCommand = (name: string) => `Profile ${name} with the command that prints temporary keys`;

describe('a session that is delivered elsewhere than before', () => {
  it('is removed under its earlier name, where the user’s own section comes back', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(mine);
    await scratch.delivery.write(target('dev'), credentials(), replacing);
    expect(await held(scratch)).toEqual([
      withKeys('dev'),
      'Your own profile dev, stashed in the vault',
    ]);
    expect(await scratch.delivery.write(target('x'), credentials(2), withoutReplacing)).toEqual([]);
    expect((await scratch.bytes())?.startsWith(`${mine}[x]\n`)).toBe(true);
    expect(await scratch.delivery.check(target('x'), credentials(2))).toBe('intact');
    expect(await held(scratch)).toEqual([withKeys('x')]);
    expect([...scratch.vault.secrets]).toEqual([]);
  });

  it('is removed under a name that an earlier stop could not remove', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file } = scratch;
    await scratch.write(mine);
    await delivery.write(target('x'), credentials(), withoutReplacing);
    const repair = failReads(file, 'EIO');
    expect(await delivery.remove(target('x'))).toMatchObject([{ profileName: 'x', file }]);
    repair();
    await delivery.write(target('y'), credentials(2), withoutReplacing);
    expect(await delivery.check(target('y'), credentials(2))).toBe('intact');
    expect(await scratch.bytes()).not.toContain('[x]');
    expect(await delivery.remove(target('y'))).toEqual([]);
    expect(await scratch.bytes()).toBe(mine);
  });

  it.each([
    { what: 'keeps the last of two names that a crash left, while it is active', isActive: true },
    { what: 'is removed under both where it is not', isActive: false },
  ])('$what', async ({ isActive }) => {
    const scratch = await scratchDelivery();
    await scratch.write(mine);
    const journals: Journal[] = [];
    const texts: string[] = [];
    for (const name of ['x', 'y']) {
      await scratch.delivery.write(target(name), credentials(), withoutReplacing);
      journals.push(JSON.parse(await readFile(scratch.journalFile, 'utf8')) as Journal);
      texts.push((await scratch.bytes())?.slice(mine.length) ?? '');
    }
    await scratch.write(mine + texts.join(''));
    const sections = journals.flatMap((journal) => journal.sections);
    const both = { ...journals[0], sections, checksum: undefined };
    await writeFile(scratch.journalFile, JSON.stringify(both));
    expect(await scratch.restarted().sweep(() => isActive)).toEqual([]);
    expect(await scratch.bytes()).toBe([mine, ...(isActive ? texts.slice(1) : [])].join(''));
  });

  it('is removed from the other file', async () => {
    const scratch = await scratchDelivery();
    const { delivery, configFile } = scratch;
    await scratch.write(mine);
    await delivery.write(target('x'), credentials(), withoutReplacing);
    await delivery.write(target('x', 1, 'config'), credentials(), withoutReplacing);
    expect(await scratch.bytes()).toBe(mine);
    expect(await readFile(configFile, 'utf8')).toContain('[profile x]');
    expect(await held(scratch)).toEqual([withCommand('x'), 'A file that Stint created']);
  });

  it('is reported where it cannot be removed from there, which the next sweep does', async () => {
    const scratch = await scratchDelivery();
    const { delivery, configFile } = scratch;
    await writeFile(configFile, '[default]\n');
    const before = target('x', 1, 'config');
    await delivery.write(before, credentials(), withoutReplacing);
    const repair = failReads(configFile, 'EIO');
    expect(await delivery.write(target('x'), credentials(), withoutReplacing)).toEqual([
      {
        sessionId: before.sessionId,
        file: configFile,
        profileName: 'x',
        what: 'section',
        reason: expect.stringContaining(configFile) as string,
      },
    ]);
    expect(await held(scratch)).toContain(withCommand('x'));
    repair();
    expect(await scratch.restarted().sweep(() => true)).toEqual([]);
    expect(await readFile(configFile, 'utf8')).toBe('[default]\n');
    expect(await delivery.check(target('x'), credentials())).toBe('intact');
  });
});

describe('a session that supersedes another', () => {
  const [first, second] = [target('x', 1), target('x', 2, 'config')];
  const superseding = { replaceSection: false, supersedes: [first.sessionId] };

  it('removes that one from the other file, and leaves every other session', async () => {
    const scratch = await scratchDelivery();
    const { delivery } = scratch;
    await scratch.write(mine);
    await delivery.write(target('y', 3), credentials(3), withoutReplacing);
    const before = await scratch.bytes();
    await delivery.write(first, credentials(1), withoutReplacing);
    await delivery.write(second, credentials(2), superseding);
    expect(await scratch.bytes()).toBe(before);
    expect(await delivery.check(second, credentials(2))).toBe('intact');
    expect(await held(scratch)).toEqual([
      withKeys('y'),
      withCommand('x'),
      'A file that Stint created',
    ]);
  });

  it('takes over its place, which is listed once', async () => {
    const scratch = await scratchDelivery();
    const { delivery } = scratch;
    const here = target('x', 2);
    await scratch.write(mine);
    await delivery.write(first, credentials(1), withoutReplacing);
    await delivery.write(here, credentials(2), superseding);
    expect(await delivery.held()).toMatchObject([
      { kind: 'section', key: `${here.sessionId} x`, sessionId: here.sessionId },
    ]);
    expect(await delivery.remove(here)).toEqual([]);
    expect(await scratch.bytes()).toBe(mine);
  });
});

describe('what Stint holds of the AWS files', () => {
  it('says how many sections of a profile are stashed, and for which session', async () => {
    const scratch = await scratchDelivery();
    const { delivery, file } = scratch;
    await scratch.write(`${mine}[dev]\nx = 2\n`);
    const { sessionId } = target('dev');
    await delivery.write(target('dev'), credentials(), replacing);
    expect(await delivery.held()).toEqual([
      { kind: 'section', file, key: `${sessionId} dev`, what: withKeys('dev'), sessionId },
      {
        kind: 'stash',
        file,
        key: expect.stringMatching(/^[\da-f]{8}$/) as string,
        what: 'Your own profile dev (2 sections), stashed in the vault',
        sessionId,
      },
    ]);
    expect(await delivery.remove(target('dev'))).toEqual([]);
    expect(await delivery.held()).toEqual([]);
  });
});

describe('the section of a session', () => {
  it('is altered under another name, or with a copy, or with another mark', async () => {
    const scratch = await scratchDelivery();
    const { delivery } = scratch;
    const state = (text: string) =>
      scratch.write(text).then(() => delivery.check(target('x'), credentials()));
    await delivery.write(target('x'), credentials(), withoutReplacing);
    const written = (await scratch.bytes()) ?? '';
    expect(await state(`${written}[y]\na = 1\n`)).toBe('intact');
    expect(await state(written.replace('[x]', '[y]'))).toBe('altered');
    expect(await state(`${written}${written}`)).toBe('altered');
    expect(await state(`${written}${written.replace('[x]', '[y]')}`)).toBe('altered');
    expect(await state(written.replace(/^# .*\n/m, ''))).toBe('altered');
    expect(await state(written.replace('eu-west-1', 'x'))).toBe('altered');
    expect(await state('[x]\naws_access_key_id = AKIA\n')).toBe('missing');
    expect(await state('')).toBe('missing');
  });
});
