import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Transport } from '../../client/transport.ts';
import { printable } from '../../models/printable.ts';
import { say, type Shell } from '../terminal/shell.ts';

/*
 * `--verbose`. The command gives each request an id; the owner writes it into every log line that the
 * request causes (src/services/log). So the reasons of an operation are in the log, also without
 * --verbose, and the command prints those of its requests.
 */

export interface Verbose {
  /** The same transport; prints each request, how long it took, and the reasons that the owner logs. */
  readonly transport: Transport;
  /** Prints the reasons that were logged since. */
  readonly flush: () => void;
}

/** `home`: the folder with the owner's log. */
export function createVerbose(shell: Shell, home: string, transport: Transport): Verbose {
  const readReasons = reasonsIn(join(home, 'logs', 'stint.log'));
  const requestIds = new Set<string>();
  const report = (line: string) => say(shell, `verbose: ${printable(line)}`);
  const flush = () => {
    for (const reason of readReasons(requestIds)) report(reason);
  };
  return {
    flush,
    async transport(request) {
      const requestId = randomUUID();
      requestIds.add(requestId);
      const started = performance.now();
      const ended = (how: string) => {
        flush();
        const milliseconds = Math.round(performance.now() - started);
        report(`${request.method} ${request.path}: ${how} after ${milliseconds} ms`);
      };
      try {
        const headers = { ...request.headers, 'x-request-id': requestId };
        const response = await transport({ ...request, headers });
        ended(String(response.status));
        return response;
      } catch (error) {
        ended(error instanceof Error ? error.message : 'failed');
        throw error;
      }
    },
  };
}

interface LogLine {
  readonly operation?: unknown;
  readonly requestId?: unknown;
  readonly reason?: unknown;
}

/** Reads what was added to a log since the last call, and returns the reasons of some requests. */
function reasonsIn(file: string): (requestIds: ReadonlySet<string>) => readonly string[] {
  const first = statSync(file, { throwIfNoEntry: false });
  let [seen, inode] = [first?.size ?? 0, first?.ino];
  return (requestIds) => {
    const now = statSync(file, { throwIfNoEntry: false })?.ino;
    // Another file under the name: the log has rotated.
    if (now !== inode) [seen, inode] = [0, now];
    const added = read(file).subarray(seen);
    const complete = added.subarray(0, added.lastIndexOf('\n') + 1);
    seen += complete.length;
    return complete
      .toString('utf8')
      .split('\n')
      .flatMap((line) => {
        const { operation, requestId, reason } = parse(line);
        const isOurs = typeof requestId === 'string' && requestIds.has(requestId);
        return operation === 'explain' && isOurs && typeof reason === 'string' ? [reason] : [];
      });
  };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    // Another user's home, or no log yet: then there are only the requests to show.
    return Buffer.alloc(0);
  }
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return {};
  }
}
