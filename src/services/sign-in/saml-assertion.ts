import { DOMParser, onErrorStopParsing, type Document } from '@xmldom/xmldom';
import { parseArn } from '../../models/arn.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';

/** A role with the SAML provider that vouches for it; both are needed to assume it. */
export interface OfferedRole {
  readonly roleArn: string;
  readonly idpArn: string;
}

export interface SamlAssertion {
  /** In the order of the assertion; undefined if it is encrypted, so that only AWS can read it. */
  readonly roles: readonly OfferedRole[] | undefined;
}

const assertionSpace = 'urn:oasis:names:tc:SAML:2.0:assertion';

/**
 * What a SAML response says about roles. AWS checks its signature: here it only decides which
 * roles to offer. Source: IAM User Guide "Configure SAML assertions for the
 * authentication response". Throws Problem 'cloud-refused' for anything that is not such a response.
 */
export function readSamlAssertion(
  base64: string,
  session: Pick<Session, 'sessionId' | 'sessionName'>,
): SamlAssertion {
  const document = parse(base64);
  if (document?.documentElement?.localName !== 'Response') throw unreadable(session);
  const encrypted = document.getElementsByTagNameNS(assertionSpace, 'EncryptedAssertion');
  if (encrypted.length > 0) return { roles: undefined };
  return { roles: rolesIn(document).flatMap((value) => pairOf(value) ?? []) };
}

/** Role and provider, in either order, with or without blanks; undefined for anything else. */
function pairOf(value: string): OfferedRole | undefined {
  const arns = value.split(',').map((part) => part.trim());
  const of = (kind: string) =>
    arns.find((arn) => {
      const { service, resource } = parseArn(arn) ?? {};
      return service === 'iam' && resource?.startsWith(`${kind}/`);
    });
  const [roleArn, idpArn] = [of('role'), of('saml-provider')];
  return arns.length !== 2 || roleArn === undefined || idpArn === undefined
    ? undefined
    : { roleArn, idpArn };
}

/** Attribute names begin differently in each partition; what follows is the same. */
function rolesIn(document: Document): readonly string[] {
  return [...document.getElementsByTagNameNS(assertionSpace, 'Attribute')]
    .filter((attribute) => (attribute.getAttribute('Name') ?? '').endsWith('/SAML/Attributes/Role'))
    .flatMap((attribute) => [...attribute.getElementsByTagNameNS(assertionSpace, 'AttributeValue')])
    .map((value) => value.textContent ?? '');
}

/** Document type declarations do not belong in SAML and can expand without limit (SAML 2.0 Core §8.4). */
function parse(base64: string): Document | undefined {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  if (/<!DOCTYPE/i.test(text)) return undefined;
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml');
  } catch {
    return undefined;
  }
}

function unreadable({ sessionId, sessionName }: Pick<Session, 'sessionId' | 'sessionName'>) {
  return new Problem('cloud-refused', {
    detail: `The identity provider of session ${sessionName} sent something that is not a SAML response.`,
    next: 'Sign in there with a browser. If that works, tell the administrator of the identity provider.',
    sessionId,
  });
}
