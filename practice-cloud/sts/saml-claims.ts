import type { Partition } from '../identity/arn.ts';
import { isAudience, isSignInUrl } from '../saml/sign-in-endpoints.ts';
import { accessDenied, expiredIdentityToken, invalidIdentityToken } from './fault.ts';
import type { SamlAssertion } from './saml-assertion.ts';

/*
 * Sources: IAM User Guide "Configure SAML assertions for the authentication response", "Create a
 * role for SAML 2.0 federation" and "Troubleshoot SAML federation with IAM". Where a page gives a
 * rule and no text of its refusal, the text is ours.
 */

const attributePrefix = 'https://aws.amazon.com/SAML/Attributes/';
const tagPrefix = `${attributePrefix}PrincipalTag:`;

/** STS API Reference "AssumeRoleWithSAML": a response is good for so long from its making. */
const redeemSeconds = 300;

/** How far an identity provider's clock may be ahead of STS's. */
const toleranceSeconds = 300;

/**
 * The assertion is for now. It may be used more than once: STS keeps no list of those it has seen.
 * @throws StsFault ExpiredTokenException, InvalidIdentityToken
 */
export function requireTimelyAssertion(assertion: SamlAssertion, now: number): void {
  const { issuedAt, notBefore, notOnOrAfter, confirmedUntil, sessionNotOnOrAfter } = assertion;
  if (Number.isNaN(issuedAt) || Number.isNaN(confirmedUntil)) {
    throw invalidIdentityToken('Your request included an invalid SAML response.');
  }
  const earliest = now + toleranceSeconds * 1000;
  if (issuedAt > earliest || notBefore > earliest) {
    throw invalidIdentityToken('The SAML assertion is not valid yet.');
  }
  if (issuedAt + redeemSeconds * 1000 < now) {
    throw expiredIdentityToken('Token must be redeemed within 5 minutes of issuance');
  }
  if (Math.min(notOnOrAfter, confirmedUntil, sessionNotOnOrAfter ?? Infinity) <= now) {
    throw expiredIdentityToken('The SAML assertion has expired.');
  }
}

/** @throws StsFault InvalidIdentityToken */
export function requireMeantForAws(assertion: SamlAssertion, partition: Partition): void {
  const { audiences, recipients } = assertion;
  if (!audiences.some((audience) => isAudience(audience, partition))) {
    throw invalidIdentityToken('Response does not contain the required audience.');
  }
  const [recipient, ...others] = recipients;
  if (recipient === undefined || others.length > 0 || !isSignInUrl(recipient, partition)) {
    throw invalidIdentityToken('Response does not contain the required recipient.');
  }
}

/** @throws StsFault InvalidIdentityToken */
export function requireRoleSessionName({ attributes }: SamlAssertion): string {
  const [name] = attributes.get(`${attributePrefix}RoleSessionName`) ?? [];
  if (name === undefined)
    throw invalidIdentityToken('RoleSessionName is required in AuthnResponse');
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw invalidIdentityToken(
      'RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}',
    );
  }
  return name;
}

/** @throws StsFault InvalidIdentityToken */
export function sourceIdentityOf({ attributes }: SamlAssertion): string | undefined {
  const [name] = attributes.get(`${attributePrefix}SourceIdentity`) ?? [];
  if (name === undefined || /^[\w+=,.@-]{2,64}$/.test(name)) return name;
  throw invalidIdentityToken(
    'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"',
  );
}

/**
 * The pair asked for is one of those in the assertion, in either order.
 * @throws StsFault AccessDenied
 */
export function requireOffered(
  { attributes }: SamlAssertion,
  roleArn: string,
  providerArn: string,
): void {
  const offered = (attributes.get(`${attributePrefix}Role`) ?? []).some((value) => {
    const pair = value.split(',').map((part) => part.trim());
    return pair.length === 2 && pair.includes(roleArn) && pair.includes(providerArn);
  });
  if (!offered) throw notAuthorized('AssumeRoleWithSAML');
}

/** The tags of the session, in the order written. */
export function principalTags({ attributes }: SamlAssertion): ReadonlyMap<string, string> {
  return new Map(
    [...attributes]
      .filter(([name]) => name.startsWith(tagPrefix))
      .map(([name, [value = '']]) => [name.slice(tagPrefix.length), value]),
  );
}

export function transitiveTagKeys({ attributes }: SamlAssertion): readonly string[] {
  return attributes.get(`${attributePrefix}TransitiveTagKeys`) ?? [];
}

/** One answer for all that isn't allowed, so that nobody learns which roles there are. */
export function notAuthorized(action: string) {
  return accessDenied(`Not authorized to perform sts:${action}`);
}
