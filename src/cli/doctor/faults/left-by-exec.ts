import { join, sep } from 'node:path';
import type { Facts } from '../facts.ts';
import { hint, problem, type Finding } from '../finding.ts';

const endpointVariables = {
  AWS_CONTAINER_CREDENTIALS_FULL_URI: [
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  ],
  IDENTITY_ENDPOINT: ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT', 'MSI_SECRET'],
} as const;

/** The shell has an endpoint of Stint's at which nobody answers for it any more. */
export function deadEndpoints({ env, agent }: Facts): readonly Finding[] {
  return Object.entries(endpointVariables).flatMap(([variable, all]) => {
    const url = URL.parse(env[variable] ?? '');
    const sessionId = /^\/(?:credentials|azure)\/([\w-]+)/.exec(url?.pathname ?? '')?.[1];
    if (url?.hostname !== '127.0.0.1' || sessionId === undefined) return [];
    const session = agent.sessions.find((one) => one.sessionId === sessionId);
    if (session?.status === 'active' && url.port === String(agent.port ?? '')) return [];
    const set = all.filter((name) => env[name] !== undefined);
    const why =
      session === undefined
        ? 'which this workspace does not have'
        : session.status === 'active'
          ? `but the agent listens at ${agent.port === undefined ? 'no port' : `port ${agent.port}`} now`
          : 'which is not active';
    return [
      problem(
        `${variable} in this shell is the endpoint of session ${session?.sessionName ?? sessionId}, ${why}. Tools here get no credentials.`,
        `Unset them: unset ${set.join(' ')}. Or get new ones: stint env NAME`,
      ),
    ];
  });
}

/** The token file or configuration that `stint exec` or `stint env` named was removed with its lease. */
export function lostLeaseFiles({ env, missing, home }: Facts): readonly Finding[] {
  const variables = [
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
    'AWS_CONFIG_FILE',
    'AZURE_CONFIG_DIR',
  ];
  const lost = variables.filter((name) => {
    const path = env[name] ?? '';
    return (
      missing.has(path) &&
      ['leases', 'azure'].some((part) => path.startsWith(join(home, part) + sep))
    );
  });
  if (lost.length === 0) return [];
  return [
    problem(
      `${lost.join(', ')} in this shell ${lost.length === 1 ? 'names a file' : 'name files'} of a lease that is closed.`,
      `Unset ${lost.length === 1 ? 'it' : 'them'}: unset ${lost.join(' ')}`,
    ),
  ];
}

const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** Python's requests, and so az, send requests for the endpoint to the proxy. */
export function endpointThroughProxy({ env }: Facts): readonly Finding[] {
  const endpoint = Object.keys(endpointVariables).find((name) =>
    env[name]?.startsWith('http://127.0.0.1:'),
  );
  const proxy = proxyVariables.find((name) => env[name]);
  if (endpoint === undefined || proxy === undefined) return [];
  const past = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(/[\s,]+/);
  if (past.some((entry) => ['127.0.0.1', '127.0.0.0/8', '*'].includes(entry))) return [];
  return [
    problem(
      `This shell sets ${proxy}, and NO_PROXY does not have 127.0.0.1: tools ask the proxy for ${endpoint}.`,
      'Add it: export NO_PROXY="127.0.0.1,$NO_PROXY"',
    ),
  ];
}

/** A token file signs in before a profile does, in the AWS SDKs for Java and JavaScript. */
export function webIdentity({ env }: Facts): readonly Finding[] {
  if (!env['AWS_WEB_IDENTITY_TOKEN_FILE'] || !env['AWS_ROLE_ARN']) return [];
  return [
    hint(
      'This shell sets AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE: some SDKs assume that role instead of using a session.',
      'Remove them here: unset AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE',
    ),
  ];
}
