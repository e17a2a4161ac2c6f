import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What the support bundle takes from the home: logs, workspace and journals, which hold no secrets.
 * Never the vault, the databases, the owner's token or the folders of leases.
 */

const journals = ['cleanup.json', 'azure-cleanup.json', 'published-profiles.json', 'agent.json'];

/** The most that is taken of one log file, in bytes; the newest part. */
const largestLog = 2_000_000;

export interface HomeFile {
  readonly name: string;
  readonly bytes: number;
  /** Octal, such as `600`. */
  readonly mode: string;
  readonly modified: string;
}

/** Names, sizes and modes of everything at the top of the home. */
export function listHome(home: string): readonly HomeFile[] {
  return namesIn(home).flatMap((name) => {
    const found = statSync(join(home, name), { throwIfNoEntry: false });
    if (found === undefined) return [];
    const mode = (found.mode & 0o777).toString(8);
    return [{ name, bytes: found.size, mode, modified: found.mtime.toISOString() }];
  });
}

export function readWorkspace(home: string): unknown {
  return withoutArguments(readJson(join(home, 'workspace.json')));
}

export function readJournals(home: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(journals.map((name) => [name, readJson(join(home, name))]));
}

/** The lines of every log file, oldest first, by file name. */
export function readLogs(home: string): Readonly<Record<string, readonly unknown[]>> {
  const folder = join(home, 'logs');
  const names = namesIn(folder).filter((name) => /^stint\.log(\.\d+)?$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readLines(join(folder, name))]));
}

/**
 * The same without the arguments of MFA programs: a person may have written the seed of an MFA device
 * into them.
 */
export function withoutArguments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutArguments);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      name,
      name === 'mfaCommand' && Array.isArray(item)
        ? [item[0], `${item.length - 1} arguments omitted`]
        : withoutArguments(item),
    ]),
  );
}

function readLines(file: string): readonly unknown[] {
  const text = read(file)?.subarray(-largestLog).toString('utf8') ?? '';
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      // The first line may be cut. What it says cannot be redacted by name, so it is dropped.
      return [];
    }
  });
}

/** The parsed file, or why there is nothing to show. */
function readJson(file: string): unknown {
  const text = read(file)?.toString('utf8');
  if (text === undefined) return 'does not exist, or cannot be read';
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 quotes the text in its message, so only the position is kept.
    const [position = ''] = /position \d+/.exec((error as Error).message) ?? [];
    return `is not JSON ${position}`.trim();
  }
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
