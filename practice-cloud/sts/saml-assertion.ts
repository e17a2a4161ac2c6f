import {
  DOMParser,
  onErrorStopParsing,
  XMLSerializer,
  type Document,
  type Element,
} from '@xmldom/xmldom';
import type { RegisteredIssuer } from '../saml/identity-provider.ts';
import { signedElement } from '../saml/xml-signature.ts';
import { idpRejectedClaim, invalidIdentityToken } from './fault.ts';

const assertionSpace = 'urn:oasis:names:tc:SAML:2.0:assertion';
const protocolSpace = 'urn:oasis:names:tc:SAML:2.0:protocol';
const signatureSpace = 'http://www.w3.org/2000/09/xmldsig#';
const succeeded = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** The claims of an identity provider about a user, with a verified signature. Times in milliseconds. */
export interface SamlAssertion {
  readonly issuer: string;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly notOnOrAfter: number;
  /** One per `SubjectConfirmation`; AWS wants exactly one. */
  readonly recipients: readonly string[];
  readonly confirmedUntil: number;
  readonly audiences: readonly string[];
  readonly sessionNotOnOrAfter: number | undefined;
  /** Values by the attribute's whole name. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads a response: base 64 of XML with one assertion, signed by the provider. What is read is what
 * was signed, not what is elsewhere in the document.
 * Source: SAML 2.0 Core §2.3, §3.2.2 and §5.4; IAM User Guide "Troubleshoot SAML federation with IAM".
 * @throws StsFault InvalidIdentityToken, IDPRejectedClaim
 */
export function readAssertion(base64: string, provider: RegisteredIssuer): SamlAssertion {
  const text = decode(base64);
  const document = parse(text);
  const [assertion, ...others] = all(document, assertionSpace, 'Assertion');
  if (document.documentElement?.localName !== 'Response') throw malformed();
  requireSuccess(document);
  if (assertion === undefined || others.length > 0) throw malformed();
  const issuer = textOf(child(assertion, 'Issuer'));
  if (issuer !== provider.issuer) {
    throw invalidIdentityToken('Issuer not present in specified provider');
  }
  const signature = [...assertion.childNodes].find(
    (node) => node.namespaceURI === signatureSpace && node.localName === 'Signature',
  );
  const signed =
    signature === undefined
      ? undefined
      : signedElement(
          text,
          new XMLSerializer().serializeToString(signature),
          assertion.getAttribute('ID') ?? '',
          provider.publicKey,
        );
  if (signed === undefined) throw invalidIdentityToken('Response signature invalid');
  return facts(parse(signed).documentElement);
}

function decode(base64: string): string {
  const text = base64.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw invalidIdentityToken('Invalid base64 SAMLResponse');
  }
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Without document type declarations, which could make text out of nothing (SAML 2.0 Core §8.4). */
function parse(text: string): Document {
  if (text.includes('<!DOCTYPE')) throw malformed();
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml');
  } catch {
    throw malformed();
  }
}

function requireSuccess(document: Document): void {
  const [status] = all(document, protocolSpace, 'StatusCode');
  if (status?.getAttribute('Value') === succeeded) return;
  throw idpRejectedClaim('The identity provider reported that authentication failed.');
}

function facts(assertion: Element | null): SamlAssertion {
  if (assertion === null) throw malformed();
  const within = (name: string) => all(assertion, assertionSpace, name);
  const [conditions] = within('Conditions');
  const [nameId] = within('NameID');
  const [statement] = within('AuthnStatement');
  const confirmations = within('SubjectConfirmationData');
  return {
    issuer: textOf(child(assertion, 'Issuer')),
    nameId: textOf(nameId),
    nameIdFormat: nameId?.getAttribute('Format') ?? '',
    issuedAt: time(assertion, 'IssueInstant') ?? Number.NaN,
    notBefore: time(conditions, 'NotBefore') ?? -Infinity,
    notOnOrAfter: time(conditions, 'NotOnOrAfter') ?? Infinity,
    recipients: confirmations.map((data) => data.getAttribute('Recipient') ?? ''),
    confirmedUntil: time(confirmations[0], 'NotOnOrAfter') ?? Number.NaN,
    audiences: within('Audience').map(textOf),
    sessionNotOnOrAfter: time(statement, 'SessionNotOnOrAfter'),
    attributes: new Map(
      within('Attribute').map((attribute) => [
        attribute.getAttribute('Name') ?? '',
        all(attribute, assertionSpace, 'AttributeValue').map(textOf),
      ]),
    ),
  };
}

function all(parent: Document | Element, space: string, name: string): readonly Element[] {
  return [...parent.getElementsByTagNameNS(space, name)];
}

function child(parent: Element, name: string): Element | undefined {
  return all(parent, assertionSpace, name).find((element) => element.parentNode === parent);
}

function textOf(element: Element | undefined): string {
  return (element?.textContent ?? '').trim();
}

function time(element: Element | undefined, name: string): number | undefined {
  const text = element?.getAttribute(name);
  return text === null || text === undefined ? undefined : Date.parse(text);
}

function malformed() {
  return invalidIdentityToken('Your request included an invalid SAML response.');
}
