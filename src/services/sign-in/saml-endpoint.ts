/**
 * Where browsers post SAML responses to AWS: one host per partition, also by region. Source: IAM User
 * Guide "Configure SAML assertions for the authentication response", AWS General Reference "AWS
 * Sign-In endpoints and quotas"; those of the isolated partitions are not public.
 */
const hosts =
  /^([a-z0-9-]+\.)?signin\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)$/;

/**
 * Whether a form posted to `url` goes to AWS. The address is parsed: one that only contains AWS's
 * address somewhere, as those of sign-in pages do, does not count.
 */
export function isSamlEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    hosts.test(hostname) &&
    // With the id of the provider if its assertions are encrypted.
    /^\/saml(\/acs\/[^/]+)?\/?$/.test(pathname)
  );
}
