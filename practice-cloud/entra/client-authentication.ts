import { sameText } from '../control/same-text.ts';
import type { Application } from './application.ts';
import type { Asked } from './asked.ts';
import { checkAssertion } from './client-assertion.ts';
import { EntraFault } from './fault.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What a client has proven itself with; the numbers are `appidacr`'s ("Access token claims reference"). */
export type ClientProof = '0' | '1' | '2';

/**
 * Authenticates the application. A public client has no secret and must not send one ("OAuth 2.0 authorization code flow", `client_secret`; RFC 6749 §2.3).
 * @throws EntraFault 700025, 7000218, 7000215, 7000222, 700027 and those of the assertion
 */
export async function authenticateClient(
  application: Application,
  asked: Asked,
): Promise<ClientProof> {
  const secret = asked.parameters.get('client_secret');
  const assertion = asked.parameters.get('client_assertion');
  if (application.isPublic) {
    if (secret === null && assertion === null) return '0';
    throw new EntraFault(
      700025,
      'invalid_client',
      `Client is public so neither 'client_assertion' nor 'client_secret' should be presented.`,
    );
  }
  if (assertion !== null && asked.parameters.get('client_assertion_type') === assertionType) {
    await checkAssertion(assertion, application, asked);
    return '2';
  }
  if (secret === null) {
    throw new EntraFault(
      7000218,
      'invalid_client',
      `The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
    );
  }
  const known = application.secrets.find((one) => sameText(one.secret, secret));
  if (known === undefined) {
    throw new EntraFault(
      7000215,
      'invalid_client',
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${application.clientId}'.`,
    );
  }
  if (asked.state.now() >= known.expiresAt) {
    throw new EntraFault(
      7000222,
      'invalid_client',
      `The provided client secret keys for app '${application.clientId}' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.`,
    );
  }
  return '1';
}
