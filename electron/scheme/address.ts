/** The app's own scheme and its only origin. The window shows nothing else. */
export const appScheme = 'stint';
export const appOrigin = 'stint://app';
export const appUrl = `${appOrigin}/`;

/**
 * Whether an address is a page or resource of the app. Always decided by the URL parser: prefixes
 * and substrings can be forged (`stint://app.evil`, `https://x/?stint://app/`).
 */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.host === 'app' &&
    url.username === '' &&
    url.password === ''
  );
}
