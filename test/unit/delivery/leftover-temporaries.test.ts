import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  removeTemporaries,
  temporaryPath,
} from '../../../src/services/delivery/shared/user-file/temporary.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stint-leftover-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = join(folder, 'credentials');
  await writeFile(file, 'own');
});

/** A process that is there, and one that is not: no system has so many. */
const [live, dead] = [process.ppid, 999_999_999];

const named = (pid: number, more = '') =>
  basename(temporaryPath(file)).replace(`-${process.pid}-`, `-${pid}-`) + more;

/** Made so many minutes ago. */
async function make(name: string, minutes = 0): Promise<string> {
  const time = systemClock.now() / 1000 - minutes * 60;
  await writeFile(join(folder, name), 'half');
  await utimes(join(folder, name), time, time);
  return name;
}

describe('a new file that did not take its place', () => {
  it('is beside the old one, and hidden', () => {
    expect(dirname(temporaryPath(file))).toBe(folder);
    expect(basename(temporaryPath(file))).toMatch(/^\.credentials\.stint-\d+-[0-9a-f]{8}\.tmp$/);
  });

  it.each([
    ['of a process that has ended', dead, 0],
    ['of this process, which writes nothing now', process.pid, 0],
    ['of a process number that is in use again', live, 11],
  ])('is removed: %s', async (_, pid, minutes) => {
    await make(named(pid), minutes);
    await removeTemporaries(file);
    expect(await readdir(folder)).toEqual(['credentials']);
  });

  it('stays while another process may be writing it', async () => {
    const name = await make(named(live), 9);
    await removeTemporaries(file);
    expect(await readdir(folder)).toContain(name);
  });

  it('is not mistaken for a file of others', async () => {
    const others = [
      await make(`.config.stint-${dead}-0123abcd.tmp`),
      await make(`credentials.stint-${dead}-0123abcd.tmp`),
      await make(`.credentials.stint-${dead}-0123abc.tmp`),
      await make('.credentials.stint-notes-0123abcd.tmp'),
      await make(named(dead, '.bak')),
    ];
    await removeTemporaries(file);
    expect((await readdir(folder)).sort()).toEqual([...others, 'credentials'].sort());
  });

  it('is looked for in a folder that is not there without an error', async () => {
    await removeTemporaries(join(folder, 'missing', 'credentials'));
    expect(await readdir(folder)).toEqual(['credentials']);
  });
});
