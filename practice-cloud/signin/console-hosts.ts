import type { Partition } from '../identity/arn.ts';

/**
 * Where the console of each partition is: AWS General Reference "AWS Management Console endpoints and
 * quotas"; AWS GovCloud (US) User Guide and Amazon Web Services in China "Signing in"; the SDKs'
 * endpoint rules of the service Signin, whose hosts have the same domains.
 */
const domains: Readonly<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-eusc': 'console.amazonaws-eusc.eu',
  'aws-iso': 'console.c2shome.ic.gov',
  'aws-iso-b': 'console.sc2shome.sgov.gov',
  'aws-iso-e': 'console.csphome.adc-e.uk',
  'aws-iso-f': 'console.csphome.hci.ic.gov',
};

/** Whether an address is a page of the partition's console. */
export function isConsolePage(address: string, partition: Partition): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '') return false;
  const domain = domains[partition];
  return url.hostname === domain || url.hostname.endsWith(`.${domain}`);
}
