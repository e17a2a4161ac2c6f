import { connectAdmin } from '../../../practice-cloud/admin-client.ts';
import { startPracticeCloud } from '../../../practice-cloud/practice-cloud.ts';
import type { Client } from '../../../src/client/client.ts';
import { startAgentHere } from '../../support/agent-here.ts';
import { scratchComputer } from '../../support/agent-process.ts';

export interface AgentWithSession {
  readonly home: string;
  readonly client: Client;
  readonly sessionId: string;
  endAgent(): Promise<void>;
  close(): Promise<void>;
}

/** A real agent on its socket, with the session `payments` of an IAM user, inactive. */
export async function agentWithSession(): Promise<AgentWithSession> {
  const practice = await startPracticeCloud();
  const computer = await scratchComputer(practice);
  const { agent, client } = await startAgentHere(computer);
  const { accessKeyId, secretAccessKey } = await connectAdmin(practice).createUser({
    accountId: '447109328810',
    userName: 'payments',
  });
  const { sessionId } = await client.request('POST', '/v1/sessions', {
    body: {
      type: 'awsIamUser',
      sessionName: 'payments',
      region: 'eu-west-1',
      secrets: { accessKeyId, secretAccessKey },
    },
  });
  let ended: Promise<void> | undefined;
  const endAgent = () => (ended ??= agent.end('stop'));
  return {
    home: computer.home,
    client,
    sessionId,
    endAgent,
    async close() {
      await endAgent();
      await practice.close();
      await computer.remove();
    },
  };
}
