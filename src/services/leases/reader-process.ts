import { readFileSync } from 'node:fs';
import { identify, type ProcessIdentity } from './process-identity.ts';

/** The program that reads credentials. */
export interface ReaderProcess extends ProcessIdentity {
  /** Its name; undefined where the platform does not say. */
  readonly process: string | undefined;
}

/** SDKs run the line of a profile in one of these. */
const shells = /^(?:ba|da|a|k|z)?sh$/;

/** A wrapper or two. */
const generations = 3;

/**
 * The program behind process `pid`, which ran `stint credentials`: the one that runs the shell, where
 * that is a shell for this line alone (`sh -c`). Its name is on Linux only, by proc_pid_comm(5).
 */
export function readerProcess(pid: number): ReaderProcess {
  let reader = pid;
  let entry = entryOf(pid);
  for (let generation = 0; generation < generations && entry?.isLine === true; generation += 1) {
    reader = entry.parent;
    entry = entryOf(reader);
  }
  return { ...identify(reader), process: entry?.name };
}

interface Entry {
  readonly name: string | undefined;
  readonly parent: number;
  readonly isLine: boolean;
}

function entryOf(pid: number): Entry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    const comm = stat.slice(stat.indexOf('(') + 1, close);
    const parent = Number(stat.slice(close + 2).split(' ')[1]);
    const [, flag = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 2);
    // eslint-disable-next-line no-control-regex -- control characters are what is removed
    const name = comm.replace(/[/\\\u0000-\u001f\u007f]/g, '');
    const isLine = parent > 1 && shells.test(comm) && /^-\w*c$/.test(flag);
    return { name: name === '' ? undefined : name, parent, isLine };
  } catch {
    return undefined;
  }
}
