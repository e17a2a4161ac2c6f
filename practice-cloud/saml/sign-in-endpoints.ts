import type { Partition } from '../identity/arn.ts';

/**
 * The endpoints at which AWS accepts SAML responses. Source: IAM User Guide "Configure SAML assertions for the
 * authentication response" (Recipient) and AWS General Reference "AWS Sign-In endpoints and quotas";
 * the isolated partitions have no public ones.
 */
const hosts: Readonly<Partial<Record<Partition, string>>> = {
  aws: 'signin.aws.amazon.com',
  'aws-cn': 'signin.amazonaws.cn',
  'aws-us-gov': 'signin.amazonaws-us-gov.com',
  'aws-eusc': 'signin.amazonaws-eusc.eu',
};

/** Names of AWS itself as the audience, beside its sign-in endpoints. */
const audienceNames: Readonly<Partial<Record<Partition, string>>> = {
  aws: 'urn:amazon:webservices',
  'aws-cn': 'urn:amazon:webservices:cn-north-1',
  'aws-us-gov': 'urn:amazon:webservices:govcloud',
};

/** The partition's endpoint without a region; `undefined` where there is none. */
export function signInUrlOf(partition: Partition): string | undefined {
  const host = hosts[partition];
  return host === undefined ? undefined : `https://${host}/saml`;
}

/** Whether `url` is the partition's endpoint: global, of a region, or with a provider's own id. */
export function isSignInUrl(url: string, partition: Partition): boolean {
  const host = hosts[partition];
  if (host === undefined || !URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname } = new URL(url);
  const [region, rest] = [hostname.slice(0, -host.length), hostname.slice(-host.length)];
  return (
    protocol === 'https:' &&
    port === '' &&
    rest === host &&
    /^([a-z]{2,4}(-[a-z]+)+-\d+\.)?$/.test(region) &&
    /^\/saml(\/acs\/\w+)?$/.test(pathname)
  );
}

/** Whether an assertion for `audience` is meant for AWS. */
export function isAudience(audience: string, partition: Partition): boolean {
  return isSignInUrl(audience, partition) || audience === audienceNames[partition];
}
