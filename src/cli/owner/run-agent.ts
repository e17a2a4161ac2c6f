import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { helperProgram, ownProgram } from './own-program.ts';

/** In src/agent/main.ts: a separate bundle, which no other command loads. */
interface AgentProgram {
  readonly runAgentProcess: (options: {
    program: readonly string[];
    keychainChild: readonly [string, ...string[]];
    background: boolean;
    port?: number;
  }) => Promise<void>;
}

/** How `stint agent` runs the agent in this process. */
export interface AgentStart {
  /** Another command started it and waits for its report. */
  readonly background: boolean;
  /** The loopback port to listen on; 0 takes any. */
  readonly port?: number;
}

/** Runs the agent in this process, until it ends. */
export async function runAgent(start: AgentStart): Promise<void> {
  // V8's last compiler alone has 5 MB, which reading the agent would already use (decision 55).
  setFlagsFromString('--no-opt');
  const require = createRequire(import.meta.filename);
  const { runAgentProcess } = require(join(import.meta.dirname, 'agent.cjs')) as AgentProgram;
  await runAgentProcess({
    program: ownProgram,
    keychainChild: helperProgram('keychain-child'),
    ...start,
  });
}
