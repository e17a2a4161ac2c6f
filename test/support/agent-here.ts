import { startAgent, type Agent, type AgentOptions } from '../../src/agent/agent.ts';
import { takeEnvironment } from '../../src/agent/environment.ts';
import { createClient, type Client } from '../../src/client/client.ts';
import { fetchTransport } from '../../src/client/transport.ts';
import { scopesOfRole } from '../../src/models/scope.ts';
import { stintCommand, type ScratchComputer } from './agent-process.ts';

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
    credentialCommand: [process.execPath, stintCommand, 'credentials'],
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
