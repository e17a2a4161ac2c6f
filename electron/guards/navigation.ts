import { isHttpsOrLoopback } from '../../src/models/url.ts';
import { isAppUrl } from '../scheme/address.ts';

/**
 * Whether a page of the app may navigate to an address. Only to the app itself, to reload it: its
 * router changes views without navigating.
 */
export function mayNavigate(address: string): boolean {
  return isAppUrl(address);
}

/** Whether a sign-in may navigate to an address: identity providers redirect to other hosts. */
export function maySignInNavigate(address: string): boolean {
  return isHttpsOrLoopback(address);
}
