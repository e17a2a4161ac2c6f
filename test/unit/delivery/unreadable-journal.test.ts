import { mkdir, readdir, readFile, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { failReads } from '../../support/failing-reads.ts';
import {
  azureCredentials,
  azureScratch,
  azureTarget,
  foreignSubscription,
  pythonProfile,
} from '../../support/scratch-azure.ts';
import {
  replacing,
  credentials,
  problemOf,
  scratchDelivery,
  target,
  withoutReplacing,
  type OpenVault,
} from '../../support/scratch-delivery.ts';

/** One wing of delivery with one session whose write stashed something of the user's. */
interface Wing {
  readonly journalFile: string;
  readonly vault: OpenVault;
  readonly sessionId: string;
  /** The next owner: nothing in memory. */
  restarted(): WingOwner;
  /** The user's file now, and before the session. */
  readonly now: () => Promise<string | undefined>;
  readonly original: string;
}

interface WingOwner {
  write(): Promise<unknown>;
  prepare(): Promise<void>;
  remove(): Promise<readonly { readonly what: string }[]>;
  sweep(): Promise<readonly { readonly what: string }[]>;
  held(): Promise<readonly { readonly kind: string; readonly file: string }[]>;
}

const wings: Readonly<Record<string, () => Promise<Wing>>> = {
  async 'aws-credentials'() {
    const original =
      '[a]\nx=1\n\n[dev]  ; hand-made\naws_access_key_id=AKIAOWN\n\n# tail\n[b]\ny=2';
    const scratch = await scratchDelivery();
    await scratch.write(original);
    await scratch.delivery.write(target('dev'), credentials(), replacing);
    const { journalFile, vault } = scratch;
    const restarted = () => {
      const delivery = scratch.restarted();
      return {
        write: () => delivery.write(target('other', 2), credentials(2), withoutReplacing),
        prepare: () => delivery.prepare(target('other', 2), withoutReplacing),
        remove: () => delivery.remove(target('dev')),
        sweep: () => delivery.sweep(() => false),
        held: () => delivery.held(),
      };
    };
    const now = () => scratch.bytes();
    return { journalFile, vault, sessionId: target('dev').sessionId, restarted, now, original };
  },
  async 'azure-cli'() {
    const original = pythonProfile(
      foreignSubscription(7, { isDefault: true }),
      foreignSubscription(1),
    );
    const scratch = await azureScratch();
    await scratch.profile.write(original);
    await scratch.delivery.write(azureTarget(1), azureCredentials(), replacing);
    const { journalFile, vault } = scratch;
    const restarted = () => {
      const delivery = scratch.restarted();
      return {
        write: () => delivery.write(azureTarget(2), azureCredentials(2), withoutReplacing),
        prepare: () => delivery.prepare(azureTarget(2), withoutReplacing),
        remove: () => delivery.remove(azureTarget(1)),
        sweep: () => delivery.sweep(() => false),
        held: () => delivery.held(),
      };
    };
    const now = () => scratch.profile.text();
    return { journalFile, vault, sessionId: azureTarget(1).sessionId, restarted, now, original };
  },
};

/** Each makes the journal unreadable and returns what makes it readable again. */
const faults: Readonly<Record<string, (file: string) => Promise<() => Promise<void>>>> = {
  EACCES: (file) => byFailing(file, 'EACCES'),
  EIO: (file) => byFailing(file, 'EIO'),
  EMFILE: (file) => byFailing(file, 'EMFILE'),
  async EISDIR(file) {
    await rename(file, `${file}.saved`);
    await mkdir(file);
    return async () => {
      await rmdir(file);
      await rename(`${file}.saved`, file);
    };
  },
};

function byFailing(file: string, code: Parameters<typeof failReads>[1]) {
  const restore = failReads(file, code);
  return Promise.resolve(() => {
    restore();
    return Promise.resolve();
  });
}

const cases = Object.entries(wings).flatMap(([wingName, makeWing]) =>
  Object.entries(faults).map(([code, fail]) => [wingName, code, makeWing, fail] as const),
);

describe.each(cases)(
  '%s with a journal that cannot be read (%s)',
  (_wing, _code, makeWing, fail) => {
    const set = async () => {
      const wing = await makeWing();
      const written = await readFile(wing.journalFile, 'utf8');
      const repair = await fail(wing.journalFile);
      return { wing, written, repair };
    };

    it('refuses a start with an error that names the file and the cure, and changes nothing', async () => {
      const { wing, written, repair } = await set();
      const before = await wing.now();
      const owner = wing.restarted();
      for (const work of [() => owner.prepare(), () => owner.write()]) {
        const problem = await problemOf(work());
        expect(problem.code).toBe('file-unreadable');
        expect(problem.message).toContain(wing.journalFile);
        expect(problem.details.next).toContain(wing.journalFile);
      }
      expect(await wing.now()).toBe(before);
      await repair();
      expect(await readFile(wing.journalFile, 'utf8')).toBe(written);
    });

    it('lists the journal among what Stint holds, with the user’s own from the vault', async () => {
      const { wing, repair } = await set();
      const held = await wing.restarted().held();
      expect(held[0]).toMatchObject({ kind: 'journal', file: wing.journalFile });
      expect(held.slice(1).map(({ kind }) => kind)).toEqual(['stash']);
      await repair();
    });

    it('stops the session, restores the user’s own from the vault, and says what it could not read', async () => {
      const { wing, written, repair } = await set();
      const leftovers = await wing.restarted().remove();
      expect(leftovers).toEqual([
        {
          sessionId: wing.sessionId,
          file: wing.journalFile,
          what: 'journal',
          reason: expect.stringContaining('cannot be read') as string,
        },
      ]);
      expect(await wing.now()).toBe(wing.original);
      expect([...wing.vault.secrets]).toEqual([]);
      await repair();
      expect(await readFile(wing.journalFile, 'utf8')).toBe(written);
      expect(await wing.restarted().sweep()).toEqual([]);
      expect(await wing.now()).toBe(wing.original);
      expect(JSON.parse(await readFile(wing.journalFile, 'utf8'))).toMatchObject({ putAside: [] });
    });

    it('continues with the same owner once it can be read again', async () => {
      const { wing, repair } = await set();
      const owner = wing.restarted();
      await owner.remove();
      await repair();
      await owner.write();
      expect(JSON.parse(await readFile(wing.journalFile, 'utf8'))).toMatchObject({ putAside: [] });
      expect(await owner.sweep()).toEqual([]);
      expect(await wing.now()).toBe(wing.original);
    });

    it('keeps the journal through a sweep, which reports it', async () => {
      const { wing, written, repair } = await set();
      expect(await wing.restarted().sweep()).toMatchObject([
        { file: wing.journalFile, what: 'journal' },
      ]);
      await repair();
      expect(await readFile(wing.journalFile, 'utf8')).toBe(written);
      expect(await wing.restarted().sweep()).toEqual([]);
      expect(await wing.now()).toBe(wing.original);
    });
  },
);

describe('a journal with content that is not a journal', () => {
  it('is kept beside, also when it happens twice', async () => {
    const scratch = await scratchDelivery();
    for (const text of ['first', 'second']) {
      await writeFile(scratch.journalFile, text);
      await scratch.restarted().write(target('dev'), credentials(), withoutReplacing);
    }
    const kept = (await readdir(scratch.home)).filter((name) => name.includes('damaged'));
    const texts = kept.map((name) => readFile(`${scratch.home}/${name}`, 'utf8'));
    expect((await Promise.all(texts)).sort()).toEqual(['first', 'second']);
  });

  it('of a newer Stint is left alone', async () => {
    const scratch = await scratchDelivery();
    const newer = '{ "version": 2, "sections": {} }';
    await writeFile(scratch.journalFile, newer);
    const work = scratch.delivery.write(target('dev'), credentials(), withoutReplacing);
    const problem = await problemOf(work);
    expect(problem.code).toBe('file-unreadable');
    expect(problem.details.next).toContain('newer');
    expect(await readFile(scratch.journalFile, 'utf8')).toBe(newer);
    expect(await stat(scratch.file).catch(() => undefined)).toBeUndefined();
  });
});
