import type { KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

/*
 * Signatures of assertions: RSA-SHA256 over the exclusive canonical form, enveloped in the assertion
 * (SAML 2.0 Core §5.4, XML Signature Syntax and Processing §6).
 */

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** Signs a stand-alone assertion; its signature follows the issuer (SAML 2.0 Core §2.3.3). */
export function signAssertion(assertion: string, privateKey: KeyObject): string {
  const signer = new SignedXml({
    privateKey,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () => null,
  });
  signer.addReference({
    xpath: '/*',
    transforms: [enveloped, exclusive],
    digestAlgorithm: sha256,
  });
  signer.computeSignature(assertion, {
    prefix: 'ds',
    location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' },
  });
  return signer.getSignedXml();
}

/**
 * The signed bytes of the element with `id` in `document`, in their canonical form; `undefined` when
 * `signature` was not made with `publicKey` over that very element. Callers read these bytes alone, so
 * that nothing unsigned can be slipped in beside them.
 */
export function signedElement(
  document: string,
  signature: string,
  id: string,
  publicKey: KeyObject,
): string | undefined {
  const checker = new SignedXml({
    publicCert: publicKey,
    getCertFromKeyInfo: () => null,
  });
  try {
    checker.loadSignature(signature);
    const [reference, ...others] = checker.getReferences();
    if (reference?.uri !== `#${id}` || others.length > 0) return undefined;
    if (checker.signatureAlgorithm !== rsaSha256) return undefined;
    if (!checker.checkSignature(document)) return undefined;
    return checker.getSignedReferences()[0];
  } catch {
    return undefined;
  }
}
