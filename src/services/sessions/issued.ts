import { isAwsCredentials, type AwsCredentials } from '../../models/credentials.ts';
import type { Narrowing } from '../../models/narrowing.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import type { ResourceToken } from '../providers/azure.ts';
import type { NarrowedCredentials } from './narrowed-credentials.ts';
import type { ResourceTokens } from './resource-tokens.ts';
import type { RunContext } from './run-context.ts';
import { effective } from './session-record.ts';

type Parts = Pick<RunContext, 'repository' | 'credentials'> & {
  readonly tokens: ResourceTokens;
  readonly narrowed: Pick<NarrowedCredentials, 'get'>;
};

/**
 * The AWS credentials of an active session, or narrowed ones of their own. Throws Problem
 * 'session-not-active', 'invalid-request', 'vault-locked', and what `NarrowedCredentials` throws.
 */
export async function issuedCredentials(
  { repository, credentials, narrowed }: Parts,
  sessionId: string,
  narrowing?: Narrowing,
): Promise<AwsCredentials> {
  const session = repository.get(sessionId);
  if (session.type === 'azure') {
    throw new Problem('invalid-request', {
      detail: `Session ${session.sessionName} is an Azure session, and Azure has no credential_process.`,
      next: `Use stint exec ${sessionId} -- COMMAND, or stint env ${sessionId}`,
      sessionId,
    });
  }
  if (narrowing !== undefined && session.status === 'active') {
    return await narrowed.get(effective(session) as typeof session, narrowing);
  }
  const issued = session.status === 'active' ? await credentials.get(sessionId) : undefined;
  if (issued === undefined || !isAwsCredentials(issued.credentials)) throw notActive(session);
  return issued.credentials;
}

/**
 * A token of an active Azure session for a resource such as https://vault.azure.net. Asks nobody.
 * Throws Problem 'session-not-active', 'invalid-request', 'cloud-refused', 'cloud-unreachable',
 * 'dependency-missing', 'vault-locked'.
 */
export async function issuedToken(
  { repository, tokens }: Parts,
  sessionId: string,
  resource: string,
): Promise<ResourceToken> {
  const session = effective(repository.get(sessionId));
  if (session.status !== 'active') throw notActive(session);
  if (session.type === 'azure') return await tokens.get(session, resource);
  throw new Problem('invalid-request', {
    detail: `Session ${session.sessionName} is an AWS session and has no Azure tokens.`,
    next: 'Use an Azure session.',
    sessionId,
  });
}

function notActive({ sessionId, sessionName }: Session): Problem {
  return new Problem('session-not-active', {
    detail: `Session ${sessionName} is not active, so it has no credentials.`,
    next: `Start it first: stint start ${sessionId}`,
    sessionId,
  });
}
