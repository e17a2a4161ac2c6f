import { X509Certificate, type KeyObject } from 'node:crypto';
import { DOMParser, onErrorStopParsing, type Document, type Element } from '@xmldom/xmldom';
import { DirectoryRefusal } from '../identity/directory.ts';

const metadataSpace = 'urn:oasis:names:tc:SAML:2.0:metadata';
const signatureSpace = 'http://www.w3.org/2000/09/xmldsig#';

/** What STS has to know of an identity provider to check what it signed. */
export interface IssuerMetadata {
  /** Its entity id. */
  readonly issuer: string;
  readonly publicKey: KeyObject;
}

/**
 * Reads a metadata document as IAM takes it: its entity id, and the first certificate for signing; a
 * key without a use is for both (SAML 2.0 Metadata §2.4.1.1).
 * Source: IAM API Reference "CreateSAMLProvider"; at least 1000 characters.
 * @throws DirectoryRefusal InvalidInput
 */
export function readIssuerMetadata(xml: string): IssuerMetadata {
  const entity = xml.length < 1000 ? undefined : parse(xml)?.documentElement;
  const issuer = entity?.getAttribute('entityID') ?? '';
  const [descriptor] = entity ? all(entity, metadataSpace, 'IDPSSODescriptor') : [];
  const certificate = (descriptor ? all(descriptor, metadataSpace, 'KeyDescriptor') : [])
    .filter((key) => key.getAttribute('use') !== 'encryption')
    .flatMap((key) => all(key, signatureSpace, 'X509Certificate'))[0]?.textContent;
  const publicKey = keyIn(certificate ?? '');
  if (issuer === '' || publicKey === undefined) {
    throw new DirectoryRefusal('InvalidInput', 'Could not parse metadata');
  }
  return { issuer, publicKey };
}

function parse(xml: string): Document | undefined {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');
  } catch {
    return undefined;
  }
}

function keyIn(certificate: string): KeyObject | undefined {
  try {
    return new X509Certificate(Buffer.from(certificate, 'base64')).publicKey;
  } catch {
    return undefined;
  }
}

function all(parent: Element, space: string, name: string): readonly Element[] {
  return [...parent.getElementsByTagNameNS(space, name)];
}
