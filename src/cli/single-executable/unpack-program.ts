import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface Packed {
  readonly home: string;
  /** Names the content: equal for equal files. */
  readonly build: string;
  /** Paths with slashes, relative to the folder of the program. */
  readonly files: readonly string[];
  readonly read: (file: string) => Uint8Array;
}

/** How many builds are kept beside this one: an agent of the version before may still run. */
const keptBuilds = 1;

/**
 * Writes the files into a folder of Stint's home, where they are not there yet, and returns the folder.
 * Programs that start at the same moment all find it complete. Throws Error with what to do for a home
 * that cannot be written or belongs to another user, who could change the program.
 */
export function unpackProgram({ home, build, files, read }: Packed): string {
  const all = join(home, 'program');
  const folder = join(all, build);
  try {
    if (!existsSync(folder)) {
      mkdirSync(all, { recursive: true, mode: 0o700 });
      refuseOthers(home);
      const written = join(all, `${build}.${process.pid}`);
      for (const file of files) {
        const path = join(written, file);
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        writeFileSync(path, read(file), { mode: 0o600 });
      }
      putInPlace(written, folder);
      removeOldBuilds(all, build);
    }
    refuseOthers(folder);
  } catch (cause) {
    throw new Error(
      `Stint cannot unpack its program to ${all}: ${(cause as Error).message}\n` +
        'Make that folder writable for your user alone, or set STINT_HOME to another one.',
      { cause },
    );
  }
  return folder;
}

function refuseOthers(folder: string): void {
  if (process.getuid === undefined) return;
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid()) throw new Error(`${folder} belongs to another user.`);
  if ((mode & 0o002) !== 0) throw new Error(`${folder} can be changed by every user.`);
}

/** Another process may have been faster. */
function putInPlace(written: string, folder: string): void {
  try {
    renameSync(written, folder);
  } catch (error) {
    rmSync(written, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** Also what a killed process left; one that unpacks right now writes it again at the next start. */
function removeOldBuilds(all: string, build: string): void {
  const others = readdirSync(all)
    .filter((name) => name !== build)
    .map((name) => ({ path: join(all, name), time: statSync(join(all, name)).mtimeMs }))
    .toSorted((a, b) => b.time - a.time);
  for (const { path } of others.slice(keptBuilds)) rmSync(path, { recursive: true, force: true });
}
