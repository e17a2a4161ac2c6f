import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Application } from './application.ts';
import type { Asked } from './asked.ts';
import { EntraFault } from './fault.ts';

/*
 * A client that proves itself with a certificate. Source: "Microsoft identity platform application
 * authentication certificate credentials": header and claims of the assertion; RFC 7523 §3.
 */

/** Allowed clock difference, in seconds. */
const skewSeconds = 300;

/** @throws EntraFault 700027, 700024, 700023, 700021, 50013 */
export async function checkAssertion(
  assertion: string,
  application: Application,
  asked: Asked,
): Promise<void> {
  const certificate = certificateOf(assertion, application);
  const claims = await verify(assertion, certificate.publicKey, asked);
  if (claims.iss !== application.clientId || claims.sub !== application.clientId) {
    throw new EntraFault(
      700021,
      'invalid_client',
      `Client assertion application identifier doesn't match 'client_id' parameter.`,
    );
  }
  if (![claims.aud].flat().some((audience) => isOurs(String(audience), asked))) {
    throw new EntraFault(
      700023,
      'invalid_client',
      `Client assertion audience claim does not match Realm issuer.`,
    );
  }
  if (claims.jti === undefined || application.usedAssertions.has(claims.jti)) {
    // The page wants a unique `jti`; that each is taken once is what RFC 7523 §3 leaves to the server.
    throw new EntraFault(
      50013,
      'invalid_client',
      'Assertion is invalid because its jti is missing or was used before.',
    );
  }
  application.usedAssertions.add(claims.jti);
}

function certificateOf(assertion: string, application: Application) {
  let header: Readonly<Record<string, unknown>>;
  try {
    header = decodeProtectedHeader(assertion);
  } catch {
    throw invalidSignature('The assertion is not a JSON Web Token.');
  }
  // The Azure CLI's library pads its base64url, which RFC 7515 §2 does not and Entra lets pass.
  const text = (name: string) =>
    typeof header[name] === 'string' ? header[name].replace(/=+$/, '') : undefined;
  const certificate = application.certificateOf({ sha1: text('x5t'), sha256: text('x5t#S256') });
  if (certificate === undefined) {
    throw invalidSignature(
      `The key was not found. Configured keys of app '${application.clientId}' do not include the thumbprint of the key used by client.`,
    );
  }
  return certificate;
}

async function verify(
  assertion: string,
  key: Parameters<typeof jwtVerify>[1],
  { state }: Asked,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['RS256', 'PS256'],
      currentDate: new Date(state.now()),
      clockTolerance: skewSeconds,
      requiredClaims: ['exp', 'aud', 'iss', 'sub'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
      throw new EntraFault(
        700024,
        'invalid_client',
        `Client assertion is not within its valid time range. Current time: ${new Date(state.now()).toISOString()}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
      );
    }
    throw invalidSignature('Key was found, but use of the key to verify the signature failed.');
  }
}

/** The token endpoint, or the issuer, under the tenant's id or the name it was asked by. */
function isOurs(audience: string, { endpoint, authority, tenant }: Asked): boolean {
  const names = [authority, tenant?.tenantId, tenant?.domain].filter((name) => name !== undefined);
  return names.some((name) =>
    ['', '/', '/v2.0', '/oauth2/token', '/oauth2/v2.0/token'].some(
      (end) => audience === `${endpoint.origin}/${name}${end}`,
    ),
  );
}

function invalidSignature(reason: string): EntraFault {
  return new EntraFault(
    700027,
    'invalid_client',
    `The certificate with identifier used to sign the client assertion is not registered on application, or the client assertion failed signature validation. [Reason - ${reason}]`,
  );
}
