/**
 * Where browsers post SAML responses to AWS: one host a partition, also by region. Source: IAM User
 * Guide "Configure SAML assertions for the authentication response", AWS General Reference "AWS
 * Sign-In endpoints and quotas"; those of the isolated partitions are not public.
 */
const hosts =
  /^([a-z0-9-]+\.)?signin\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)$/;

/**
 * Whether a form posted to `url` goes to AWS. The address is taken apart: one that only holds that of
 * AWS somewhere, as sign-in pages' addresses do, is none.
 */
export function isSamlEndpoint(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    hosts.test(hostname) &&
    // With the provider's own id where its assertions are encrypted.
    /^\/saml(\/acs\/[^/]+)?\/?$/.test(pathname)
  );
}
