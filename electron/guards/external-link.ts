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
]);

/**
 * Links open in the user's browser, never in the app: only https, without credentials or a port in
 * the address. For hosts that the app does not link to itself the user confirms first.
 */
export function decideLink(address: string): LinkDecision {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:') return { kind: 'refuse' };
  if (url.username !== '' || url.password !== '' || url.port !== '') return { kind: 'refuse' };
  return knownHosts.has(url.hostname)
    ? { kind: 'open', url: url.href }
    : { kind: 'confirm', url: url.href, host: url.hostname };
}
