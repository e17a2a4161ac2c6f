export type Tamper = 'value' | 'unsigned' | 'second-assertion' | 'wrapped' | 'not-xml' | 'doctype';

const signature = /<ds:Signature .*<\/ds:Signature>/s;
const assertion = /<saml:Assertion .*<\/saml:Assertion>/s;

/**
 * Forgeries that STS must refuse. Two are signature wrapping: the signed assertion is still
 * there, beside or inside another one that says something else (OWASP "SAML Security Cheat Sheet").
 */
export function tampered(response: string, how: Tamper): string {
  switch (how) {
    case 'value':
      return response.replace(/(NameID Format="[^"]*">)/, '$1root-');
    case 'unsigned':
      return response.replace(signature, '');
    case 'second-assertion':
      return response.replace(assertion, (signed) => forged(signed, '') + signed);
    case 'wrapped':
      return response.replace(assertion, (signed) =>
        forged(signed, `<saml:Advice>${signed}</saml:Advice>`),
      );
    case 'not-xml':
      return response.slice(0, -20);
    case 'doctype':
      return `<!DOCTYPE r [<!ENTITY x "root">]>${response}`;
  }
}

/** Another user's assertion with its own id, wrapped around `inside`. */
function forged(signed: string, inside: string): string {
  return signed
    .replace(/ ID="[^"]*"/, ' ID="_forged"')
    .replace(/(NameID Format="[^"]*">)/, '$1root-')
    .replace(signature, inside);
}
