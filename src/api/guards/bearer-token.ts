/** RFC 6750 §2.1: `Bearer`, one or more spaces, then a b64token. */
const bearer = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** The token of an `Authorization` header, or undefined. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : bearer.exec(authorization.trim())?.[1];
}
