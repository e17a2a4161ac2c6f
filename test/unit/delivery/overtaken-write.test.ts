import fs, { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { editFile } from '../../../src/services/delivery/shared/user-file/edit-file.ts';
import { openFilesIn } from '../../support/open-files.ts';
import { replaceFileCalls } from '../../support/replaced-file-calls.ts';
import { problemOf } from '../../support/scratch-delivery.ts';

const own = '[own]\nkey = 1\n';
const ours = '[ours]\nkey = 2\n';
const theirs = '[theirs]\nkey = 3\n';
let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-overtaken-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'credentials');
  writeLongAgo(own);
});

/** Nobody waits for the other program to finish then. */
function writeLongAgo(text: string): void {
  writeFileSync(file, text);
  utimesSync(file, 1, 1);
}

type Plan = (text: string | undefined) => string | undefined;

const edit = (plan: Plan, options: { isAppendable?: boolean; inPlace?: boolean } = {}) =>
  editFile({ file, undoFolder: folder, ...options }, (bytes) =>
    Promise.resolve(plan(bytes?.toString('latin1'))),
  );
const addOurs: Plan = (text = '') => text + ours;
const content = () => readFile(file, 'latin1');
const filesThere = () => readdir(folder);

/** Other programs that write in the instant before the new file takes the place of theirs, one each time. */
function writeBeforeRename(...writes: readonly (() => void)[]): void {
  const { renameSync } = fs;
  const left = [...writes];
  replaceFileCalls(
    {},
    {
      renameSync: (from, to) => {
        if (to === file) left.shift()?.();
        renameSync(from, to);
      },
    },
  );
}

// On Windows nobody has a file open that is replaced.
const isWindows = process.platform === 'win32';

describe.skipIf(isWindows).each([{ isAppendable: true }, { isAppendable: false }])(
  'what another program writes in the instant before the file is replaced ($isAppendable: appends)',
  (options) => {
    it('is kept where it is an addition', async () => {
      writeBeforeRename(() => {
        appendFileSync(file, theirs);
      });
      await edit(addOurs, options);
      expect(await content()).toBe(own + theirs + ours);
      expect(await filesThere()).toEqual(['credentials']);
    });

    it('is kept where it is another text', async () => {
      writeBeforeRename(() => {
        writeFileSync(file, theirs);
      });
      await edit(addOurs, options);
      expect(await content()).toBe(theirs + ours);
    });

    it.runIf(process.platform === 'linux')('leaves no file open', async () => {
      writeBeforeRename(() => {
        appendFileSync(file, theirs);
      });
      await edit(addOurs, options);
      await expect.poll(() => openFilesIn(folder)).toEqual([]);
    });
  },
);

it.skipIf(isWindows)(
  'what two programs append in that instant, one after the other, is kept in their order',
  async () => {
    const next = '[next]\nkey = 4\n';
    writeBeforeRename(
      () => {
        appendFileSync(file, theirs);
      },
      () => {
        appendFileSync(file, next);
      },
    );
    await edit(addOurs, { isAppendable: true });
    expect(await content()).toBe(own + theirs + next + ours);
  },
);

describe.skipIf(isWindows)('a program that opened the file before it was replaced', () => {
  it('has its line added to the new file', async () => {
    const theirHandle = await open(file, 'a');
    await edit(addOurs, { isAppendable: true });
    expect(await content()).toBe(own + ours);
    await theirHandle.write(theirs);
    await theirHandle.close();
    await expect.poll(content).toBe(own + theirs + ours);
  });

  it.runIf(process.platform === 'linux')('has nothing added where it writes nothing', async () => {
    const plans: (string | undefined)[] = [];
    await edit(
      (text) => {
        plans.push(text);
        return addOurs(text);
      },
      { isAppendable: true },
    );
    await expect.poll(() => openFilesIn(folder)).toEqual([]);
    expect(plans).toEqual([own]);
    expect(await content()).toBe(own + ours);
  });

  it.runIf(process.platform === 'linux')(
    'is not waited for where programs only replace such a file',
    async () => {
      await edit(addOurs);
      expect(await openFilesIn(folder)).toEqual([]);
    },
  );
});

describe('a file that another program writes while it is planned what to write', () => {
  /** Another program writes once, after the file was read. */
  const writingOnce = (plan: Plan, text = own + theirs): Plan => {
    let hasWritten = false;
    return (read) => {
      if (!hasWritten) writeLongAgo(text);
      hasWritten = true;
      return plan(read);
    };
  };

  it.each([
    ['that is replaced', {}],
    ['that is written in place', { inPlace: true }],
  ])('%s has both', async (_, options) => {
    await edit(writingOnce(addOurs), options);
    expect(await content()).toBe(own + theirs + ours);
    expect(await filesThere()).toEqual(['credentials']);
  });

  it('is not replaced by the one that Stint would have made', async () => {
    await rm(file);
    await edit(writingOnce(addOurs, theirs));
    expect(await content()).toBe(theirs + ours);
    expect(await filesThere()).toEqual(['credentials']);
  });

  it('is not removed with what they wrote', async () => {
    await edit(writingOnce((text) => (text === own ? undefined : text)));
    expect(await content()).toBe(own + theirs);
  });

  it('again and again is theirs: the edit is refused', async () => {
    let writes = 0;
    const problem = await problemOf(
      edit((text) => {
        writes += 1;
        writeLongAgo(own + String(writes));
        return addOurs(text);
      }),
    );
    expect(problem).toMatchObject({
      code: 'file-unwritable',
      details: { detail: expect.stringContaining(`${file} was not changed`) as string },
    });
    expect(await content()).toBe(own + String(writes));
    expect(await filesThere()).toEqual(['credentials']);
  });
});
