import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  azureCredentials,
  azureScratch,
  azureScratchIn,
  azureTarget,
  foreignSubscription,
  pythonProfile,
} from '../../support/scratch-azure.ts';
import {
  credentials,
  replacing,
  scratchDelivery,
  target,
  withoutReplacing,
} from '../../support/scratch-delivery.ts';

interface Row {
  readonly sessionId: string;
  readonly places?: readonly { readonly key: string }[];
}

const everybody = () => true;
const nobody = () => false;
const journalOf = async ({ journalFile }: { readonly journalFile: string }) =>
  JSON.parse(await readFile(journalFile, 'utf8')) as Readonly<
    Record<'sections' | 'runs' | 'putAside', readonly Row[]>
  >;

describe('with the journal of the AWS files lost', () => {
  const text = '[a]\nx=1\n\n[dev] ; by hand\naws_access_key_id=AKIAOWN\n\n[b]\ny=2';

  it('the section of an active session is listed again, and recognised without its comment', async () => {
    const scratch = await scratchDelivery();
    await scratch.write('[a]\nx=1\n');
    await scratch.delivery.write(target('ümläut'), credentials(), withoutReplacing);
    await rm(scratch.journalFile);
    const owner = scratch.restarted();
    expect(await owner.sweep(everybody)).toEqual([]);
    expect(await owner.held()).toMatchObject([{ kind: 'section', file: scratch.file }]);
    const delivered = (await scratch.bytes()) ?? '';
    await scratch.write(delivered.replace(/^# Stint.*\n/m, ''));
    expect(await owner.remove(target('ümläut'))).toEqual([]);
    expect(await scratch.bytes()).toBe('[a]\nx=1\n');
  });

  it('that of a session that is not active is removed once it expired, and not listed', async () => {
    const scratch = await scratchDelivery();
    const expired = { ...credentials(), expiration: '2001-01-01T00:00:00.000Z' };
    await scratch.write('[a]\nx=1\n');
    await scratch.delivery.write(target('dev'), expired, withoutReplacing);
    await rm(scratch.journalFile);
    const owner = scratch.restarted();
    expect(await owner.sweep(nobody)).toEqual([]);
    expect(await owner.held()).toEqual([]);
    expect(await scratch.bytes()).toBe('[a]\nx=1\n');
  });

  it('those of sessions that are not active are removed, as what they replaced is in this vault', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    await scratch.delivery.write(target('dev', 1), credentials(1), replacing);
    await scratch.delivery.write(target('b', 2), credentials(2), replacing);
    await rm(scratch.journalFile);
    expect(await scratch.restarted().sweep(nobody)).toEqual([]);
    expect(await scratch.bytes()).toBe(text);
    expect([...scratch.vault.secrets]).toEqual([]);
  });

  it('published profiles are listed as published, and not as a session’s', async () => {
    const scratch = await scratchDelivery();
    const profile = { sessionId: target('').sessionId, profileName: 'a', region: 'eu-west-1' };
    await scratch.delivery.publish(() => [profile]);
    await rm(scratch.journalFile, { force: true });
    const owner = scratch.restarted();
    await owner.sweep(everybody);
    expect((await owner.held()).filter(({ kind }) => kind === 'section')).toEqual([]);
    expect(await owner.published()).toMatchObject([profile]);
  });

  describe.each(['credentials', 'config'] as const)('the user’s section of the %s file', (kind) => {
    const own = kind === 'config' ? text.replaceAll(/\[(\w+)/g, '[profile $1') : text;
    const dev = target('dev', 1, kind);

    async function withoutJournal() {
      const scratch = await scratchDelivery();
      const file = kind === 'config' ? scratch.configFile : scratch.file;
      await writeFile(file, own);
      await scratch.delivery.write(dev, credentials(), replacing);
      await rm(scratch.journalFile);
      return { ...scratch, file, owner: scratch.restarted() };
    }

    it('is found by a removal without a sweep before, by what the comment names', async () => {
      const { owner, file, vault } = await withoutJournal();
      expect(await owner.remove(dev)).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe(own);
      expect([...vault.secrets]).toEqual([]);
    });

    it('comes back where another program drops the comments after the sweep', async () => {
      const { owner, file, vault } = await withoutJournal();
      await owner.sweep(everybody);
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/^# Stint.*\n/gm, ''));
      expect(await owner.remove(dev)).toEqual([]);
      const sections = (bytes: string) =>
        bytes
          .trimEnd()
          .split(/\n+(?=\[)/)
          .sort();
      expect(sections(await readFile(file, 'utf8'))).toEqual(sections(own));
      expect([...vault.secrets]).toEqual([]);
    });

    it('waits while another section of the user’s has its name, and comes back after that', async () => {
      const { owner, file, vault } = await withoutJournal();
      const other = own.replace('AKIAOWN', 'AKIAOTHER');
      await writeFile(file, other);
      expect(await owner.sweep(everybody)).toMatchObject([{ what: 'stash', profileName: 'dev' }]);
      expect(await readFile(file, 'utf8')).toBe(other);
      await writeFile(file, '');
      expect(await owner.sweep(everybody)).toEqual([]);
      expect(await readFile(file, 'utf8')).toContain('aws_access_key_id=AKIAOWN');
      expect([...vault.secrets]).toEqual([]);
    });

    it('comes back where its name is published meanwhile', async () => {
      const { owner, file } = await withoutJournal();
      const { sessionId } = dev;
      await owner.sweep(everybody);
      await owner.publish(() => [{ sessionId, profileName: 'dev', region: 'eu-west-1' }]);
      expect(await owner.remove(dev)).toEqual([]);
      expect(await readFile(file, 'utf8')).toBe(own);
    });
  });

  it.each([
    ['credentials', 'file'],
    ['config', 'configFile'],
  ] as const)('a %s file that Stint made stays, empty', async (kind, name) => {
    const scratch = await scratchDelivery();
    await scratch.delivery.write(target('dev', 1, kind), credentials(), withoutReplacing);
    await rm(scratch.journalFile);
    const owner = scratch.restarted();
    await owner.sweep(everybody);
    expect(await owner.remove(target('dev', 1, kind))).toEqual([]);
    expect(await readFile(scratch[name], 'utf8')).toBe('');
  });

  it('the section that another session stashed comes back with the one that took over', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    const [first, second] = [target('dev', 1), target('dev', 2)];
    await scratch.delivery.write(first, credentials(1), replacing);
    const superseding = { replaceSection: false, supersedes: [first.sessionId] };
    await scratch.delivery.write(second, credentials(2), superseding);
    await rm(scratch.journalFile);
    const owner = scratch.restarted();
    expect(await owner.sweep((id) => id === second.sessionId)).toEqual([]);
    expect(await owner.remove(second)).toEqual([]);
    expect(await scratch.bytes()).toBe(text);
    expect([...scratch.vault.secrets]).toEqual([]);
  });

  it('a comment that names a stash that nobody has goes with its section', async () => {
    const scratch = await scratchDelivery();
    await scratch.write(text);
    await scratch.delivery.write(target('dev'), credentials(), replacing);
    await rm(scratch.journalFile);
    scratch.vault.secrets.clear();
    expect(await scratch.restarted().remove(target('dev'))).toEqual([]);
    expect(await scratch.bytes()).not.toContain('Stint');
  });
});

describe('with the journal of the Azure CLI lost', () => {
  it('sessions that share an account are listed again, each with what it needs', async () => {
    const scratch = await azureScratch();
    const own = pythonProfile(foreignSubscription(7, { isDefault: true }), foreignSubscription(1));
    await scratch.profile.write(own);
    const [one, two] = [azureTarget(1), azureTarget(2)];
    await scratch.delivery.write(one, azureCredentials(), replacing);
    await scratch.delivery.write(two, azureCredentials(), withoutReplacing);
    const { runs } = await journalOf(scratch);
    await rm(scratch.journalFile);
    const owner = scratch.restarted();
    expect(await owner.sweep(everybody)).toEqual([]);
    const again = await journalOf(scratch);
    const inOrder = ({ places, ...row }: Row) => ({
      ...row,
      places: [...(places ?? [])].sort((a, b) => a.key.localeCompare(b.key)),
    });
    expect(again.runs.map(inOrder)).toEqual(runs.map(inOrder));
    expect(again.putAside).toHaveLength(1);
    expect(await owner.remove(one)).toEqual([]);
    expect(await owner.check(two, azureCredentials())).toBe('intact');
    expect(await owner.remove(two)).toEqual([]);
    expect(await scratch.profile.text()).toBe(own);
  });

  it('entries of another home of Stint stay its own', async () => {
    const scratch = await azureScratch();
    const other = azureScratchIn(`${scratch.home}/other`, scratch.folder);
    await mkdir(other.home);
    await other.delivery.write(azureTarget(1), azureCredentials(), withoutReplacing);
    await scratch.delivery.sweep(everybody);
    expect(await scratch.delivery.held()).toEqual([]);
  });

  it('a subscription of the user’s is kept in the vault while something of Stint’s is in its place', async () => {
    const scratch = await azureScratch();
    const own = pythonProfile(foreignSubscription(1, { isDefault: true }));
    await scratch.profile.write(own);
    await scratch.delivery.write(azureTarget(1), azureCredentials(), replacing);
    const stashed = [...scratch.vault.secrets];
    await writeFile(scratch.journalFile, 'damaged');
    // Another session's stop, without the sweep that lists what is active.
    await scratch.restarted().remove(azureTarget(2));
    expect([...scratch.vault.secrets]).toEqual(stashed);
  });
});
