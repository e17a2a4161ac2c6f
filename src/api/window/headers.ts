import { NONCE, secureHeaders } from 'hono/secure-headers';

/** On every answer. No Strict-Transport-Security: loopback has no TLS. */
export const everyHeader = secureHeaders({
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
});

/**
 * What the window's page may do (W3C Content Security Policy Level 3, Trusted Types): run the
 * scripts and show the styles that came with it, and talk to the owner; nothing else, and nothing
 * from anywhere else. The nonce is for the styles that Angular adds at run time, and for the one inline
 * script: the import map with the digests of the scripts. Browsers keep those, and another program that had
 * the port before could have given them others.
 */
export const windowHeaders = secureHeaders({
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", NONCE],
    styleSrc: ["'self'", NONCE],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'self'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['angular', 'angular#bundler'],
  },
});
