import { isAbsolute, resolve } from 'node:path';
import type { WindowRequest } from '../../src/models/window-request.ts';
import { appScheme } from '../scheme/address.ts';

/** Exports with this ending open in Stint; scripts/package/desktop registers it. */
export const exportExtension = 'stint';

/** What the system asks Stint to open: a link of another program, or a file. */
export type Opened =
  | { readonly kind: 'show'; readonly request?: WindowRequest }
  /** Asked about before: anybody can write a link. */
  | { readonly kind: 'start'; readonly sessionId: string }
  | { readonly kind: 'import'; readonly file: string }
  | { readonly kind: 'unknown' };

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What a link means: `stint://session/ID`, `stint://start/ID`, `stint://search` or `stint://import`, and
 * nothing more than that: no user, port, query or fragment.
 */
export function openedByLink(address: string): Opened {
  const url = URL.parse(address);
  if (url?.protocol !== `${appScheme}:`) return { kind: 'unknown' };
  if (url.username + url.password + url.port + url.search + url.hash !== '') {
    return { kind: 'unknown' };
  }
  const id = url.pathname.replace(/^\//, '');
  switch (url.host) {
    case 'search':
    case 'import':
      return id === '' ? { kind: 'show', request: { kind: url.host } } : { kind: 'unknown' };
    case 'session':
      return uuid.test(id)
        ? { kind: 'show', request: { kind: 'session', sessionId: id } }
        : { kind: 'unknown' };
    case 'start':
      return uuid.test(id) ? { kind: 'start', sessionId: id } : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

/** A file is an export by its ending; a relative one is in the folder `from`. */
export function openedByFile(file: string, from: string): Opened {
  if (!file.endsWith(`.${exportExtension}`)) return { kind: 'unknown' };
  return { kind: 'import', file: isAbsolute(file) ? file : resolve(from, file) };
}

/**
 * What the arguments of a start ask for. Chromium adds its own to those of a second instance, in any order
 * (electronjs.org, `second-instance`), so that only what is clearly a link or an export counts.
 */
export function openedByArguments(args: readonly string[], from: string): Opened | undefined {
  for (const argument of args) {
    if (argument.startsWith('-')) continue;
    const opened = argument.startsWith(`${appScheme}:`)
      ? openedByLink(argument)
      : openedByFile(argument, from);
    if (opened.kind !== 'unknown') return opened;
  }
  return undefined;
}
