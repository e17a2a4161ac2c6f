/**
 * What the window's page may do (W3C Content Security Policy Level 3, Trusted Types): run the
 * scripts and show the styles that came with it, and talk to the owner; nothing else, and nothing
 * from anywhere else. `nonce` is for the styles that Angular adds while it runs.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#bundler',
  ].join('; ');
}
