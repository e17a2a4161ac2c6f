import { appOrigin } from '../scheme/address.ts';

/**
 * Electron grants every permission that is not refused. The window needs one: to write text to the
 * clipboard after a click.
 */
export function mayHave(permission: string, origin: string): boolean {
  return permission === 'clipboard-sanitized-write' && origin === appOrigin;
}

/** The origin of an address in the runtime's form; '' if the address is not a URL. */
export function originOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? '' : `${url.protocol}//${url.host}`;
}
