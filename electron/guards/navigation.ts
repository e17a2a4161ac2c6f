import { isHttpsOrLoopback } from '../../src/models/url.ts';
import { isAppUrl } from '../scheme/address.ts';

/**
 * Whether a page may take its window to an address. Only reloading the app itself: its views are
 * changed by its router, which navigates nothing.
 */
export function mayNavigate(address: string): boolean {
  return isAppUrl(address);
}

/** Where a sign-in may lead: identity providers send people on to others of theirs. */
export function mayRoam(address: string): boolean {
  return isHttpsOrLoopback(address);
}
