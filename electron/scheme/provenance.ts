import { appOrigin, isAppUrl } from './address.ts';

/** What a request says about where it comes from. */
export interface Provenance {
  readonly url: string;
  readonly origin: string | null;
  readonly fetchSite: string | null;
}

/**
 * The second check, in the handler itself, after the frame guard: the address is the app's, and if
 * Chromium says who started the request (Fetch Metadata, Origin), it was the app's own page.
 */
export function isOwnRequest({ url, origin, fetchSite }: Provenance): boolean {
  return (
    isAppUrl(url) &&
    (origin === null || origin === appOrigin) &&
    (fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none')
  );
}
