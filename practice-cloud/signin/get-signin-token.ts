import type { TemporaryCredentials } from '../identity/temporary-credentials.ts';
import type { CloudState } from '../state.ts';
import { SigninFault } from './fault.ts';

const tokenSeconds = 900;

/**
 * A sign-in token for temporary credentials. Source of every rule here: IAM User Guide "Enable custom
 * identity broker access to the AWS console".
 */
export function getSigninToken(fields: URLSearchParams, state: CloudState): string {
  const credentials = credentialsOf(fields.get('Session'), state);
  const { principal } = credentials;
  // "Call AssumeRole or GetFederationToken": credentials of GetSessionToken do not sign in.
  if (principal.kind !== 'roleSession' && principal.kind !== 'federatedUser') {
    throw new SigninFault('The credentials are not of a role or a federated user.');
  }
  const asked = fields.get('SessionDuration');
  const now = state.now();
  if (asked !== null && !isLength(asked)) {
    throw new SigninFault('SessionDuration must be from 900 to 43200 seconds.');
  }
  // Role chaining is limited to an hour and the parameter "fails"; Identity Center decides on its own.
  // "Do not use the SessionDuration HTTP parameter if you got the temporary credentials with GetFederationToken."
  const how = principal.kind === 'roleSession' ? principal.assumedWith : principal.kind;
  if (asked !== null && !['longTermKeys', 'saml'].includes(how)) {
    throw new SigninFault('SessionDuration is not allowed for these credentials.');
  }
  return state.signinTokens.issue({
    principal,
    tokenExpiresAt: now + tokenSeconds * 1000,
    // "If the parameter is missing, the session defaults to the duration of the credentials."
    sessionEndsAt: asked === null ? credentials.expiresAt : now + Number(asked) * 1000,
  });
}

function isLength(text: string): boolean {
  return /^\d{3,5}$/.test(text) && Number(text) >= 900 && Number(text) <= 43_200;
}

/** Throws SigninFault for what is not the JSON of valid temporary credentials. */
function credentialsOf(session: string | null, { issued, now }: CloudState): TemporaryCredentials {
  const given = parse(session);
  const found = issued.find(String(given['sessionId']));
  const isTheirs =
    found !== undefined &&
    found.secretAccessKey === given['sessionKey'] &&
    found.sessionToken === given['sessionToken'];
  if (!isTheirs) throw new SigninFault('The credentials are not valid.');
  if (found.expiresAt <= now()) throw new SigninFault('The credentials have expired.');
  return found;
}

function parse(session: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(session ?? '');
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new SigninFault('Session must be JSON with sessionId, sessionKey and sessionToken.');
}
