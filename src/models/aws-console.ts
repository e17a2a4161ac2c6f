import { awsPartitionOf } from './aws-region.ts';

/**
 * Where the web console of each partition is signed in to. Three have one host for all regions (IAM
 * User Guide, "Enable custom identity broker access to the AWS console"; AWS GovCloud (US) User Guide;
 * Amazon Web Services in China, "Signing in"); the others have one a region (the endpoint rules of the
 * service Signin in the AWS SDKs).
 */
const domains: Readonly<Record<string, { readonly domain: string; readonly regional: boolean }>> = {
  aws: { domain: 'aws.amazon.com', regional: false },
  'aws-cn': { domain: 'amazonaws.cn', regional: false },
  'aws-us-gov': { domain: 'amazonaws-us-gov.com', regional: false },
  'aws-eusc': { domain: 'amazonaws-eusc.eu', regional: true },
  'aws-iso': { domain: 'c2shome.ic.gov', regional: true },
  'aws-iso-b': { domain: 'sc2shome.sgov.gov', regional: true },
  'aws-iso-e': { domain: 'csphome.adc-e.uk', regional: true },
  'aws-iso-f': { domain: 'csphome.hci.ic.gov', regional: true },
};

function hostsOf(region: string) {
  return domains[awsPartitionOf(region)] ?? { domain: 'aws.amazon.com', regional: false };
}

/** Where sign-in tokens are issued and used for a region of any partition. */
export function federationUrl(region: string): string {
  const { domain, regional } = hostsOf(region);
  return `https://${regional ? `${region}.` : ''}signin.${domain}/federation`;
}

/** A page of the console: that of a service, such as `s3`, else the console's home. */
export function consolePage(region: string, service = 'console'): string {
  const { domain, regional } = hostsOf(region);
  const host = `${regional ? `${region}.` : ''}console.${domain}`;
  return `https://${host}/${service}/home?region=${region}`;
}

/** The address that signs a browser in. Anyone who has it is signed in: it is a secret. */
export function consoleLoginUrl(
  federation: string,
  { token, destination }: { readonly token: string; readonly destination: string },
): string {
  const url = `${federation}?Action=login&Issuer=Stint`;
  return `${url}&Destination=${encodeURIComponent(destination)}&SigninToken=${encodeURIComponent(token)}`;
}

/** How long a sign-in token works, in seconds (IAM User Guide, as above). */
export const signinTokenSeconds = 900;
