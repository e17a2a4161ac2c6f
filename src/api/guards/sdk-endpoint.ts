/**
 * What takes the token of a lease and no other: the two endpoints that SDKs ask for credentials, and
 * the lease about itself.
 */
export function isSdkEndpoint(path: string): boolean {
  return /^\/(credentials|azure)\/|^\/v1\/lease\/?$/.test(path);
}

/**
 * The lease token of a request. SDKs send the value of AWS_CONTAINER_AUTHORIZATION_TOKEN unchanged;
 * some people put a scheme before it.
 */
export function leaseToken(
  names: readonly string[],
  header: (name: string) => string | undefined,
): string | undefined {
  const given = names.map(header).find((value) => value !== undefined && value.trim() !== '');
  return given?.trim().replace(/^Bearer +/i, '');
}

/** A path as it may be shown and logged: without the token of a lease. */
export function withoutLeaseToken(path: string): string {
  return path.replace(/^(\/azure\/[^/]+\/token\/).+/, '$1…');
}
