/** How a web console is opened: the values of the setting `consoleBrowser`. */
export const consoleBrowsers = ['default', 'chrome-profile', 'firefox-container'] as const;
export type ConsoleBrowser = (typeof consoleBrowsers)[number];

/** Marks an answer whose address a browser is to open, by session id; the desktop app keeps it from its page. */
export const consoleHeader = 'stint-console';

/**
 * What a browser is sent to for `address`. Firefox keeps sessions apart in containers, which the
 * extension "Open external links in a container" opens by addresses of this form.
 */
export function browserTarget(
  address: string,
  browser: ConsoleBrowser,
  { sessionName }: { readonly sessionName: string },
): string {
  if (browser !== 'firefox-container') return address;
  const [name, url] = [sessionName, address].map(encodeURIComponent);
  return `ext+container:name=${name}&url=${url}`;
}
