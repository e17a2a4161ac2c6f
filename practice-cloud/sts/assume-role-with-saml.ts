import { createHash } from 'node:crypto';
import { assumedRoleArn, parseRoleArn } from '../identity/arn.ts';
import type { Role } from '../identity/directory.ts';
import type { RoleSessionPrincipal } from '../identity/principal.ts';
import type { UnsignedAction } from './action.ts';
import { ConstraintCheck } from './constraints.ts';
import { credentialsAnswer } from './credentials-answer.ts';
import { invalidIdentityToken, validationError } from './fault.ts';
import { readAssertion } from './saml-assertion.ts';
import {
  notAuthorized,
  principalTags,
  requireMeantForAws,
  requireOffered,
  requireRoleSessionName,
  requireTimelyAssertion,
  sourceIdentityOf,
  transitiveTagKeys,
} from './saml-claims.ts';
import {
  checkSessionPolicies,
  keptPolicies,
  packedPolicySize,
  readSessionPolicies,
} from './session-policies.ts';

const arnRule = { required: true, minLength: 20, maxLength: 2048 } as const;

/**
 * Source of every rule here, where nothing else is named: STS API Reference "AssumeRoleWithSAML".
 * The attribute SessionDuration is for the console alone (IAM User Guide "Configure SAML assertions
 * for the authentication response").
 */
export const assumeRoleWithSaml: UnsignedAction = (context) => {
  const { parameters, directory, identityProviders, issued, now } = context;
  const check = new ConstraintCheck(parameters);
  const roleArn = check.text('RoleArn', arnRule);
  const providerArn = check.text('PrincipalArn', arnRule);
  const response = check.text('SAMLAssertion', {
    required: true,
    minLength: 4,
    maxLength: 100_000,
    sensitive: true,
  });
  const seconds = check.integer('DurationSeconds', { min: 900, max: 43_200 }, 3600);
  const policies = readSessionPolicies(check, parameters);
  check.end();

  const arn = parseRoleArn(roleArn);
  if (arn === undefined) throw validationError(`${roleArn} is invalid`);
  checkSessionPolicies(policies, arn);
  const provider = identityProviders.registered(providerArn);
  if (provider === undefined) throw invalidIdentityToken("Specified provider doesn't exist");
  const assertion = readAssertion(response, provider);
  requireTimelyAssertion(assertion, now);
  requireMeantForAws(assertion, provider.partition);
  const name = requireRoleSessionName(assertion);
  const sourceIdentity = sourceIdentityOf(assertion);
  const tags = principalTags(assertion);
  requireOffered(assertion, roleArn, providerArn);
  const role = admit(directory.role(roleArn), providerArn, {
    tagged: tags.size > 0,
    identified: sourceIdentity !== undefined,
  });
  if (seconds > role.maxSessionSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }

  const session: RoleSessionPrincipal = {
    kind: 'roleSession',
    partition: role.partition,
    accountId: arn.accountId,
    arn: assumedRoleArn(arn, name),
    userId: `${role.roleId}:${name}`,
    roleArn,
    assumedWith: 'saml',
    sourceIdentity,
    transitiveTagKeys: transitiveTagKeys(assertion),
    policies: keptPolicies(policies),
  };
  // "… or until the time specified in the response's SessionNotOnOrAfter, whichever is shorter."
  const ended = ((assertion.sessionNotOnOrAfter ?? Infinity) - now) / 1000;
  const credentials = issued.issue(session, now, context.lifetime(Math.min(seconds, ended)));
  return {
    Credentials: credentialsAnswer(credentials),
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize: packedPolicySize(policies, { tags, transitiveKeys: [] }),
    Subject: assertion.nameId,
    SubjectType: assertion.nameIdFormat.replace('urn:oasis:names:tc:SAML:2.0:nameid-format:', ''),
    Issuer: assertion.issuer,
    Audience: assertion.recipients[0],
    NameQualifier: nameQualifier(assertion.issuer, arn.accountId, provider.name),
    SourceIdentity: sourceIdentity,
  };
};

/**
 * A role trusts a provider by its ARN as the federated principal. A person at an identity provider
 * brings no MFA that AWS knows of, and no external id.
 * Source: IAM User Guide "Create a role for SAML 2.0 federation".
 */
function admit(
  role: Role | undefined,
  providerArn: string,
  brings: { readonly tagged: boolean; readonly identified: boolean },
): Role {
  const { trust } = role ?? {};
  if (
    role === undefined ||
    trust === undefined ||
    !trust.principals.includes(providerArn) ||
    trust.externalId !== undefined ||
    trust.mfaRequired
  ) {
    throw notAuthorized('AssumeRoleWithSAML');
  }
  if (brings.tagged && !trust.tagSession) throw notAuthorized('TagSession');
  if (brings.identified && !trust.setSourceIdentity) throw notAuthorized('SetSourceIdentity');
  return role;
}

/** Base 64 of SHA-1 over issuer, account and provider, as the action's page writes it. */
function nameQualifier(issuer: string, accountId: string, providerName: string): string {
  return createHash('sha1').update(`${issuer}${accountId}/${providerName}`).digest('base64');
}
