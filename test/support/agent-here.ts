import { expect } from 'vitest';
import { startAgent, type Agent, type AgentOptions } from '../../src/agent/agent.ts';
import { takeEnvironment } from '../../src/agent/environment.ts';
import { createClient, type Client } from '../../src/client/client.ts';
import { fetchTransport } from '../../src/client/transport.ts';
import { scopesOfRole } from '../../src/models/scope.ts';
import type { ScratchComputer } from './agent-process.ts';

/** An agent in this process, so that a test sees what it does at once. */
export interface AgentHere {
  readonly agent: Agent;
  /** The typed client with the owner's rights. */
  readonly client: Client;
}

export async function startAgentHere(
  computer: ScratchComputer,
  options: Partial<AgentOptions> = {},
): Promise<AgentHere> {
  const start = await startAgent({
    home: computer.home,
    environment: takeEnvironment({ ...computer.env }),
    keychain: noKeychain,
    ...options,
  });
  if (start.kind === 'owned') throw new Error(`owned by ${start.owner.pid}`);
  const { agent } = start;
  const principal = {
    subject: 'owner',
    role: 'owner',
    scopes: new Set(scopesOfRole.owner),
  } as const;
  return {
    agent,
    client: createClient({
      transport: fetchTransport((request) => agent.fetch(request, principal), 'http://stint'),
      token: () => undefined,
    }),
  };
}

const noKeychain = {
  read: () => Promise.reject(new Error('no keychain in this test')),
  write: () => Promise.reject(new Error('no keychain in this test')),
} as never;

/** Waits, as long as the test may take, for a state to be reached. */
export async function waitFor<T>(read: () => T | Promise<T>, wanted: (seen: T) => boolean) {
  let seen: T | undefined;
  await expect
    .poll(async () => wanted((seen = await read())), { timeout: 15_000, interval: 20 })
    .toBe(true);
  return seen as T;
}
