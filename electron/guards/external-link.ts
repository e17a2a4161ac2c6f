/** What happens to a link that leads out of the app. */
export type LinkDecision =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'confirm'; readonly url: string; readonly host: string }
  | { readonly kind: 'refuse' };

/** Documentation that the window links to. */
const knownHosts: ReadonlySet<string> = new Set([
  'docs.aws.amazon.com',
  'learn.microsoft.com',
  'console.aws.amazon.com',
  // Where `POST /v1/sessions/{id}/console` leads; its addresses are secrets, so that nobody is shown them.
  'portal.azure.com',
  'portal.azure.us',
  'portal.azure.cn',
]);

/** The sign-in hosts of AWS's partitions, some with one a region before. */
const signInHost =
  /^([a-z\d-]+\.)?signin\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu|c2shome\.ic\.gov|sc2shome\.sgov\.gov|csphome\.adc-e\.uk|csphome\.hci\.ic\.gov)$/;

/**
 * Links open in the user's browser, never in the app: only https, without credentials or a port in
 * the address. For hosts that the app does not link to itself the user confirms first.
 */
export function decideLink(address: string): LinkDecision {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:') return { kind: 'refuse' };
  if (url.username !== '' || url.password !== '' || url.port !== '') return { kind: 'refuse' };
  return knownHosts.has(url.hostname) || signInHost.test(url.hostname)
    ? { kind: 'open', url: url.href }
    : { kind: 'confirm', url: url.href, host: url.hostname };
}
