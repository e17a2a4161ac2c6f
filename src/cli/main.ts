import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { takeHome } from './arguments/take-home.ts';
import { agentAtOnce } from './commands/agent-at-once.ts';
import { credentialsAtOnce } from './commands/credentials-at-once.ts';
import { keepCompiledCode } from './owner/compiled-code.ts';
import { ownerLocation } from '../client/node/owner-location.ts';
import { endWithReader } from './terminal/ended-reader.ts';
import { whoAmIAtOnce } from './whoami/who-am-i-at-once.ts';
import type { Said } from './whoami/who-am-i.ts';

/*
 * The command `stint`. SDKs call `stint credentials` all the time and prompts of shells `stint whoami`,
 * so those are answered right here where that is simple; everything else is in another bundle
 * (all-commands.ts), which is read only then. Not even `process.stdout` is touched before: it loads
 * streams and terminals.
 */

declare const STINT_VERSION: string;

/** Of all-commands.ts. */
interface AllCommands {
  readonly runAnyCommand: (env: NodeJS.ProcessEnv, argv: readonly string[]) => Promise<number>;
}

/** Of complete-at-once.ts, a bundle for itself: a shell asks at each Tab. */
interface CompleteAtOnce {
  readonly completeAtOnce: (env: NodeJS.ProcessEnv, argv: readonly string[]) => Promise<string>;
}

/** Of list-at-once.ts, a bundle for itself. */
interface ListAtOnce {
  readonly listAtOnce: (env: NodeJS.ProcessEnv, words: readonly string[]) => Promise<boolean>;
}

/** Another bundle beside this one. */
function load(name: string): unknown {
  return createRequire(import.meta.filename)(join(import.meta.dirname, name));
}

async function main(): Promise<number> {
  const { env, argv } = takeHome(process.env, process.argv.slice(2));
  if (argv[0] === '__complete') {
    const { completeAtOnce } = load('complete.cjs') as CompleteAtOnce;
    print(1, Buffer.from(await completeAtOnce(env, argv.slice(1))));
    return 0;
  }
  const said = await saidAtOnce(env, argv);
  if (said !== undefined) {
    print(1, Buffer.from(said.stdout));
    print(2, Buffer.from(said.stderr));
    return said.exitCode;
  }
  keepCompiledCode(ownerLocation(env).home);
  if (argv[0] === 'session' && argv[1] === 'list') {
    const { listAtOnce } = load('session-list.cjs') as ListAtOnce;
    if (await listAtOnce(env, argv.slice(2))) return 0;
  }
  const agent = agentAtOnce(argv);
  if (agent !== undefined) {
    const { runAgent } = await import('./owner/run-agent.ts');
    endWithReader();
    await runAgent(agent);
    return 0;
  }
  const { runAnyCommand } = load('all-commands.cjs') as AllCommands;
  return await runAnyCommand(env, argv);
}

/** Undefined for what is not that simple. */
async function saidAtOnce(
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
): Promise<Said | undefined> {
  if (argv[0] === 'whoami') return await whoAmIAtOnce(env, argv);
  const stdout =
    ['--version', '-V', '-v'].includes(argv[0] ?? '') && argv.length === 1
      ? `${STINT_VERSION}\n`
      : await credentialsAtOnce(env, argv);
  return stdout === undefined ? undefined : { stdout, stderr: '', exitCode: 0 };
}

/** A reader that is slow, or stops early, such as `head`, is not a failure. */
function print(stream: 1 | 2, bytes: Buffer): void {
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(stream, bytes, written);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN')
      (stream === 1 ? process.stdout : process.stderr).write(bytes.subarray(written));
    else if (code !== 'EPIPE') throw error;
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
});
