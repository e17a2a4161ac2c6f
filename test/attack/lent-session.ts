import { startPracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import type { AgentOptions } from '../../src/agent/agent.ts';
import type { Schemas } from '../../src/client/client.ts';
import { startAgentHere, type AgentHere } from '../support/agent-here.ts';
import { scratchComputer, type ScratchComputer } from '../support/agent-process.ts';

/** A computer with a practice cloud, and agents on it one after the other. */
export interface AttackedComputer {
  readonly scratch: ScratchComputer;
  /** Starts an agent; the one before must have ended. */
  agent(options?: Partial<AgentOptions>): Promise<AgentHere>;
  /** A new active session, whatever agent runs. */
  activeSession(here: AgentHere, name: string): Promise<string>;
  close(): Promise<void>;
}

export async function attackedComputer(): Promise<AttackedComputer> {
  const cloud = await startPracticeCloud();
  const admin = connectAdmin(cloud);
  const scratch = await scratchComputer({ stsEndpoint: cloud.stsEndpoint });
  let running: AgentHere | undefined;
  return {
    scratch,
    async agent(options) {
      running = await startAgentHere(scratch, options);
      return running;
    },
    async activeSession({ client }, name) {
      const user = await admin.createUser({
        accountId: '447109328810',
        userName: name,
        mfa: false,
      });
      const { sessionId } = await client.request('POST', '/v1/sessions', {
        body: {
          type: 'awsIamUser',
          sessionName: name,
          region: 'eu-west-1',
          delivery: 'endpoint-only',
          secrets: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
        },
      });
      await client.request('POST', '/v1/sessions/{id}/start', { path: { id: sessionId } });
      return sessionId;
    },
    async close() {
      await running?.agent.end('stop');
      await cloud.close();
      await scratch.remove();
    },
  };
}

export async function lease(
  { client }: AgentHere,
  sessionId: string,
  more: Partial<Schemas['NewLease']> = {},
): Promise<Schemas['OpenedLease']> {
  const body = { kind: 'endpoint' as const, process: 'job', ...more };
  return await client.request('POST', '/v1/sessions/{id}/leases', {
    path: { id: sessionId },
    body,
  });
}

/** What a program of this user gets with a lease: the status and the body. */
export async function askedHere(url: string, token: string): Promise<string> {
  try {
    const answer = await fetch(url, { headers: { authorization: token } });
    return `${answer.status} ${await answer.text()}`;
  } catch (error) {
    return String((error as Error).cause ?? error);
  }
}
