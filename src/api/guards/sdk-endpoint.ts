/** The two endpoints that SDKs ask for credentials: unversioned, and for leases only. */
export function isSdkEndpoint(path: string): boolean {
  return /^\/(credentials|azure)\//.test(path);
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
