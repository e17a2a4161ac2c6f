import { appOrigin } from '../scheme/address.ts';

/**
 * Electron grants everything that is not refused. The window needs one thing: to put text that the
 * user asked for on the clipboard, which takes a user's click anyway.
 */
export function mayHave(permission: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && origin === appOrigin;
}

/** The origin of an address, written as the runtime writes origins; '' where there is none. */
export function originOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? '' : `${url.protocol}//${url.host}`;
}
