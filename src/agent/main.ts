import { printableLines } from '../models/printable.ts';
import { closeSync, createReadStream, writeSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { Problem } from '../models/problem.ts';
import { resolveHome } from '../services/files/home.ts';
import { createKeychain } from '../services/vault/keychain.ts';
import { startAgent } from './agent.ts';
import { takeEnvironment } from './environment.ts';
import { releaseSource } from './release-source.ts';
import { returnMemoryWhenQuiet } from './return-memory.ts';
import { version } from './version.ts';

/** What a command that starts the agent in the background writes to its standard input. */
const handoverSchema = z.strictObject({ passphrase: z.string().min(1).exactOptional() });
type Handover = z.infer<typeof handoverSchema>;

/** Where a background agent reports to the command that started it: one JSON line. */
const reportDescriptor = 3;

/**
 * `stint agent`. In the background the passphrase comes on standard input, and the outcome is
 * reported on file descriptor 3, which the starting command waits for. Exits with 0 if another owner
 * is found, with 1 if it cannot start.
 */
export async function runAgentProcess(options: {
  /** The words that run `stint`. */
  readonly program: readonly string[];
  /** The words that run keychain-child.ts. */
  readonly keychainChild: readonly [string, ...string[]];
  readonly background: boolean;
  readonly port?: number;
}): Promise<void> {
  const { background } = options;
  const say = background
    ? report
    : (line: Report) => process.stderr.write(`${printableLines(line.message)}\n`);
  try {
    const environment = takeEnvironment(process.env);
    const handover = background ? await readHandover() : {};
    const start = await startAgent({
      home: resolveHome(process.env),
      environment: { ...environment, ...handover },
      keychain: createKeychain({ child: options.keychainChild }),
      credentialCommand: [...options.program, 'credentials'],
      port: options.port,
      windowFolder: join(import.meta.dirname, 'window'),
      releases: releaseSource(import.meta.dirname),
    });
    if (start.kind === 'owned') {
      const { pid, version: theirs } = start.owner;
      say({ ok: true, message: `owned by pid ${pid}, version ${theirs}` });
      process.exit(0);
    }
    const { agent } = start;
    const endReturning = returnMemoryWhenQuiet();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => void agent.end('as-set'));
    }
    const address = agent.port === undefined ? '' : `, http://127.0.0.1:${agent.port}`;
    say({ ok: true, message: `stint agent ${version} is running, pid ${process.pid}${address}` });
    await agent.ended;
    endReturning();
    process.exit(0);
  } catch (error) {
    say({ ok: false, message: explain(error) });
    process.exit(1);
  }
}

interface Report {
  readonly ok: boolean;
  readonly message: string;
}

/** Written synchronously: the process may end right after. The starting command may be gone. */
function report(line: Report): void {
  try {
    writeSync(reportDescriptor, JSON.stringify(line) + '\n');
    closeSync(reportDescriptor);
  } catch {
    // Nobody reads it any more.
  }
}

/** Throws Problem 'invalid-request' for what a command does not write; it is never repeated. */
async function readHandover(): Promise<Handover> {
  const given = await text(createReadStream('', { fd: 0 }));
  if (given === '') return {};
  const { success, data } = handoverSchema.safeParse(fromJson(given));
  if (success) return data;
  throw new Problem('invalid-request', {
    detail: 'The agent was started in the background without the line that a command writes to it.',
    next: 'Start it with `stint agent start`, or in the foreground with `stint agent`.',
  });
}

function fromJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error);
  const { detail, next } = error.details;
  return `${detail}\n${next}`;
}
