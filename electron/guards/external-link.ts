/** What becomes of a link that leads out of the app. */
export type LinkDecision =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'confirm'; readonly url: string; readonly host: string }
  | { readonly kind: 'refuse' };

/** Documentation that the window itself links to. */
const knownHosts: ReadonlySet<string> = new Set([
  'docs.aws.amazon.com',
  'learn.microsoft.com',
  'console.aws.amazon.com',
]);

/**
 * Pages open in the user's browser, never in a window of ours: https alone, without credentials or
 * a port in the address; hosts we do not link to ourselves only after the user has seen their name.
 */
export function decideLink(address: string): LinkDecision {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:') return { kind: 'refuse' };
  if (url.username !== '' || url.password !== '' || url.port !== '') return { kind: 'refuse' };
  return knownHosts.has(url.hostname)
    ? { kind: 'open', url: url.href }
    : { kind: 'confirm', url: url.href, host: url.hostname };
}
