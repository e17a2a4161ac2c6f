import { appOrigin, isAppUrl } from './address.ts';

/** What a request says about where it comes from. */
export interface Provenance {
  readonly url: string;
  readonly origin: string | null;
  readonly fetchSite: string | null;
}

/**
 * Second check behind the frame guard, in the handler itself: the address is the app's, and where
 * Chromium says who started the request (Fetch Metadata, Origin), it was the app's own page.
 */
export function isOwnRequest({ url, origin, fetchSite }: Provenance): boolean {
  return (
    isAppUrl(url) &&
    (origin === null || origin === appOrigin) &&
    (fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none')
  );
}
