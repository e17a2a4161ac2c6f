import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { parse, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { allocator } from '../../models/allocator.ts';
import { expandPath, pathVariables } from '../../models/path-variables.ts';
import { childEnvironment } from '../../models/child-environment.ts';
import { CommandFailure } from '../failure.ts';
import { ownProgram } from './own-program.ts';

/** The descriptor on which a background agent reports, as one JSON line (src/agent/main.ts). */
const reportDescriptor = 3;

/** How long an agent may take to start or to report why it cannot, in milliseconds. */
const patience = 60_000;

interface Report {
  readonly ok: boolean;
  readonly message: string;
}

/**
 * Starts an agent that outlives this command, and waits until it serves requests. Returns its
 * report. The passphrase goes through a pipe. Throws CommandFailure 'unreachable' if it cannot serve.
 */
export async function startBackgroundAgent(
  env: NodeJS.ProcessEnv,
  { port }: { readonly port?: number | undefined } = {},
): Promise<string> {
  const [program, ...words] = [...ownProgram, 'agent', '--background'] as const;
  const agent = spawn(program, port === undefined ? words : [...words, '--port', String(port)], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    env: environmentFor(env),
    // So that it does not keep the folder of this command in use.
    cwd: parse(program).root,
  });
  const failed = new Promise<never>((_resolve, reject) => {
    agent.once('error', (error) => reject(unreachable(error.message)));
  });
  const passphrase = env['STINT_PASSPHRASE'];
  agent.stdin?.on('error', () => undefined);
  agent.stdin?.end(JSON.stringify(passphrase ? { passphrase } : {}));
  // An agent that hangs must not stay behind, nor block this command.
  const hangs = setTimeout(() => agent.kill('SIGKILL'), patience);
  const said = await Promise.race([
    text(agent.stdio[reportDescriptor] as Readable),
    failed,
  ]).finally(() => {
    clearTimeout(hangs);
  });
  agent.unref();
  const { ok, message } = readReport(said);
  if (!ok) throw unreachable(message);
  return message;
}

function readReport(said: string): Report {
  try {
    return JSON.parse(said) as Report;
  } catch {
    return {
      ok: false,
      message: 'it ended without a report. To see why, run it in the foreground: stint agent',
    };
  }
}

function unreachable(why: string): CommandFailure {
  return new CommandFailure('unreachable', `The agent could not be started: ${why}`);
}

/**
 * What the user sets about memory wins. Paths are made absolute: they are relative to this command's folder,
 * which the agent leaves.
 */
function environmentFor(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = { ...allocator, ...childEnvironment(env) };
  for (const name of pathVariables) {
    const path = own[name];
    if (path) own[name] = resolve(expandPath(path, own, own['HOME'] || homedir()));
  }
  return own;
}
