import { isAwsCredentials, type Credentials } from '../../models/credentials.ts';
import type { Session } from '../../models/session.ts';
import type { Finding } from '../delivery/delivery.ts';

/** The resources of an active Azure session for which Entra ID gave no token. */
export function refusedFindings(
  { sessionId, sessionName }: Session,
  credentials: Credentials | undefined,
): readonly Finding[] {
  if (credentials === undefined || isAwsCredentials(credentials)) return [];
  const { refused } = credentials;
  if (refused.length === 0) return [];
  const each = refused.map(({ resource, reason }) => `${resource} (${reason})`);
  return [
    {
      code: 'resource-refused',
      message: `Entra ID gave ${sessionName} no token for ${each.join('; ')}. az and AzureCliCredential cannot reach it with this session; the rest works.`,
      next: `Nothing to do if you do not use it. Else ask an administrator for access and run: stint rotate ${sessionId}`,
    },
  ];
}
