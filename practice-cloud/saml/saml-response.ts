import { randomUUID } from 'node:crypto';
import { escapeXml } from '../sts/xml.ts';
import type { IdentityProvider, SamlUser } from './identity-provider.ts';
import { providerArnOf } from './identity-providers.ts';
import { signAssertion } from './xml-signature.ts';

/** How an assertion differs from a good one; for tests. */
export interface ResponseOverrides {
  readonly audience?: string | undefined;
  readonly recipient?: string | undefined;
  readonly issuer?: string | undefined;
  /** Seconds before now that it claims to be made at; below zero: in the time to come. */
  readonly issuedSecondsAgo?: number | undefined;
  /** Seconds from its making to `NotOnOrAfter`; 300 by default. */
  readonly validSeconds?: number | undefined;
  /** Seconds from its making to `SessionNotOnOrAfter`; without one by default. */
  readonly sessionSeconds?: number | undefined;
  /** `null` leaves it out. */
  readonly roleSessionName?: string | null | undefined;
  readonly succeeded?: boolean | undefined;
  /** Role and provider as written into the Role attribute, in place of the user's. */
  readonly roleValues?: readonly string[] | undefined;
}

const attributeNames = 'https://aws.amazon.com/SAML/Attributes';
const statusCodes = 'urn:oasis:names:tc:SAML:2.0:status';

/**
 * A response with a signed assertion, as XML. Source: SAML 2.0 Core §2.3 and §3.3; what AWS wants in
 * it: IAM User Guide "Configure SAML assertions for the authentication response".
 */
export function samlResponse(
  provider: IdentityProvider,
  user: SamlUser,
  now: number,
  overrides: ResponseOverrides = {},
): string {
  const madeAt = now - (overrides.issuedSecondsAgo ?? 0) * 1000;
  const at = (seconds: number) => new Date(madeAt + seconds * 1000).toISOString();
  const { signInUrl } = provider.settings;
  const recipient = overrides.recipient ?? signInUrl;
  const issuer = element('saml:Issuer', {}, escapeXml(overrides.issuer ?? provider.issuer));
  const until = at(overrides.validSeconds ?? 300);
  const assertion = element(
    'saml:Assertion',
    {
      'xmlns:saml': 'urn:oasis:names:tc:SAML:2.0:assertion',
      ID: `_${randomUUID()}`,
      Version: '2.0',
      IssueInstant: at(0),
    },
    issuer,
    element(
      'saml:Subject',
      {},
      element(
        'saml:NameID',
        { Format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
        escapeXml(user.userName),
      ),
      element(
        'saml:SubjectConfirmation',
        { Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer' },
        element('saml:SubjectConfirmationData', { NotOnOrAfter: until, Recipient: recipient }),
      ),
    ),
    element(
      'saml:Conditions',
      { NotBefore: at(-60), NotOnOrAfter: until },
      element(
        'saml:AudienceRestriction',
        {},
        element('saml:Audience', {}, escapeXml(overrides.audience ?? signInUrl)),
      ),
    ),
    element(
      'saml:AuthnStatement',
      {
        AuthnInstant: at(0),
        ...(overrides.sessionSeconds === undefined
          ? {}
          : { SessionNotOnOrAfter: at(overrides.sessionSeconds) }),
      },
      element(
        'saml:AuthnContext',
        {},
        element(
          'saml:AuthnContextClassRef',
          {},
          'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
        ),
      ),
    ),
    element('saml:AttributeStatement', {}, ...attributes(provider, user, overrides)),
  );
  const status = overrides.succeeded === false ? 'Responder' : 'Success';
  return element(
    'samlp:Response',
    {
      'xmlns:samlp': 'urn:oasis:names:tc:SAML:2.0:protocol',
      'xmlns:saml': 'urn:oasis:names:tc:SAML:2.0:assertion',
      ID: `_${randomUUID()}`,
      Version: '2.0',
      IssueInstant: at(0),
      Destination: recipient,
    },
    issuer,
    element('samlp:Status', {}, element('samlp:StatusCode', { Value: `${statusCodes}:${status}` })),
    signAssertion(assertion, provider.keys.privateKey),
  );
}

function attributes(
  provider: IdentityProvider,
  user: SamlUser,
  overrides: ResponseOverrides,
): readonly string[] {
  const pairs = user.roles.map((role) => `${role},${providerArnOf(provider, role)}`);
  return [
    attribute('Role', overrides.roleValues ?? pairs),
    attribute(
      'RoleSessionName',
      overrides.roleSessionName === null ? [] : [overrides.roleSessionName ?? user.roleSessionName],
    ),
    attribute(
      'SessionDuration',
      [user.sessionDuration].flatMap((value) => value ?? []).map(String),
    ),
    attribute(
      'SourceIdentity',
      [user.sourceIdentity].flatMap((value) => value ?? []),
    ),
    ...Object.entries(user.tags).map(([key, value]) => attribute(`PrincipalTag:${key}`, [value])),
  ];
}

function attribute(name: string, values: readonly string[]): string {
  if (values.length === 0) return '';
  const inner = values.map((value) => element('saml:AttributeValue', {}, escapeXml(value)));
  return element('saml:Attribute', { Name: `${attributeNames}/${name}` }, ...inner);
}

function element(
  name: string,
  attributesOf: Readonly<Record<string, string>>,
  ...content: readonly string[]
): string {
  const written = Object.entries(attributesOf).map(
    ([key, value]) => ` ${key}="${escapeXml(value)}"`,
  );
  return `<${name}${written.join('')}>${content.join('')}</${name}>`;
}
