import { createClient } from '../../src/client/client.ts';
import { ownerLocation } from '../../src/client/node/owner-location.ts';
import { socketTransport } from '../../src/client/node/socket-transport.ts';
import { stint } from '../demo/scratch.ts';
import { addUserSession, type Computer } from './computer.ts';

/** Adds and starts so many sessions of one user; only the endpoint delivers them. */
export async function startMany(computer: Computer, count: number): Promise<void> {
  const { scratch } = computer;
  const { accessKeyId, secretAccessKey } = await addUserSession(computer, 'bench');
  const location = ownerLocation(scratch.env);
  const client = createClient({
    transport: socketTransport(() => location.socket()),
    token: () => location.token(),
  });
  for (let index = 0; index < count; index += 1) {
    const { sessionId } = await client.request('POST', '/v1/sessions', {
      body: {
        type: 'awsIamUser',
        sessionName: `active-${index}`,
        region: 'eu-west-1',
        delivery: 'endpoint-only',
        secrets: { accessKeyId, secretAccessKey },
      },
    });
    await client.request('POST', '/v1/sessions/{id}/start', { path: { id: sessionId }, body: {} });
  }
  await stint(scratch, ['agent', 'status']);
}
