import { createHash } from 'node:crypto';
import { headerValues, type HttpRequest } from '../http/request.ts';

/*
 * Source of every rule here: IAM User Guide "Create a signed AWS API request", step 1 "Create a
 * canonical request", and its table of functions.
 */

/** UriEncode(): every byte but the unreserved characters of RFC 3986 becomes `%XY`, in capitals. */
function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function uriDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The path arrives encoded once; for every service but S3 it is encoded once more. */
function canonicalUri(path: string): string {
  return path.split('/').map(uriEncode).join('/') || '/';
}

/** Sorted by encoded name, then by value. */
function canonicalQuery(query: string, without: readonly string[]): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [uriEncode(uriDecode(name)), uriEncode(uriDecode(value.join('=')))] as const;
    })
    .filter(([name]) => !without.includes(name))
    .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Values trimmed, inner runs of spaces made one, several values joined by a comma. */
function canonicalHeader(request: HttpRequest, name: string): string {
  const values = headerValues(request, name).map((value) => value.trim().replace(/ +/g, ' '));
  return `${name}:${values.join(',')}\n`;
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * The canonical request. `signedHeaders` are lower-case names in the order the caller listed them;
 * `withoutQuery` names what a presigned URL doesn't sign: its own signature.
 */
export function canonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
  withoutQuery: readonly string[] = [],
): string {
  return [
    request.method,
    canonicalUri(request.path),
    canonicalQuery(request.query, withoutQuery),
    signedHeaders.map((name) => canonicalHeader(request, name)).join(''),
    signedHeaders.join(';'),
    sha256Hex(request.body),
  ].join('\n');
}
