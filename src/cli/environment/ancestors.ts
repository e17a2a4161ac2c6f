import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** A process above this one. */
export interface Ancestor {
  /** Its program first, then what it calls itself, where the platform knows both. */
  readonly names: readonly string[];
}

interface Entry extends Ancestor {
  readonly parent: number;
}

/** How far to look: a wrapper or two, not the whole desktop session. */
const generations = 6;

/** The nearest first. None if the platform does not say. */
export function* ancestors(platform: NodeJS.Platform): Generator<Ancestor> {
  const entry = entriesOf(platform);
  let pid = process.ppid;
  for (let generation = 0; generation < generations && pid > 1; generation += 1) {
    const found = entry(pid);
    if (found === undefined) return;
    yield found;
    pid = found.parent;
  }
}

function entriesOf(platform: NodeJS.Platform): (pid: number) => Entry | undefined {
  if (platform === 'linux') return fromProc;
  if (platform === 'win32') return fromTaskList;
  const table = processTable();
  return (pid) => table.get(pid);
}

/** proc_pid_exe(5) names the interpreter of a script, proc_pid_comm(5) the script itself. */
function fromProc(pid: number): Entry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const close = stat.lastIndexOf(')');
    const [, parent = ''] = stat.slice(close + 2).split(' ');
    const comm = stat.slice(stat.indexOf('(') + 1, close);
    return { names: [...programOf(pid), comm], parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Not readable for a process of another user. */
function programOf(pid: number): readonly string[] {
  try {
    return [basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''))];
  } catch {
    return [];
  }
}

/** The whole table at once: a question for each process would take longer. */
function processTable(): ReadonlyMap<number, Entry> {
  const { stdout, error } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 16 * 1024 * 1024,
  });
  return error === undefined ? tableOf(stdout) : new Map();
}

/** The lines of `ps -o pid=,ppid=,comm=`. */
export function tableOf(printed: string): ReadonlyMap<number, Entry> {
  return new Map(
    [...printed.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*?)\s*$/gm)].map(
      ([, pid, parent, command = '']) =>
        [Number(pid), { names: [basename(command)], parent: Number(parent) }] as const,
    ),
  );
}

/** Names the parent only: the list has no parents. */
function fromTaskList(pid: number): Entry | undefined {
  const { stdout, error } = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const name = error === undefined ? /^"([^"]+)"/m.exec(stdout)?.[1] : undefined;
  return name === undefined ? undefined : { names: [name], parent: 0 };
}
