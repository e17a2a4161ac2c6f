import { isAppUrl } from '../scheme/address.ts';

/**
 * Whether a page may take its window to an address. Only reloading the app itself: its views are
 * changed by its router, which navigates nothing.
 */
export function mayNavigate(address: string): boolean {
  return isAppUrl(address);
}
