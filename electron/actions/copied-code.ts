/**
 * The MFA code in a text that somebody typed or copied: six digits (AWS STS API Reference, `TokenCode`),
 * also as authenticator apps space them. Undefined if the text is anything else.
 */
export function codeIn(text: string): string | undefined {
  return /^\s*(\d{3})[\s-]?(\d{3})\s*$/.exec(text)?.slice(1).join('');
}
