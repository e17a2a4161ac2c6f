/** Largest request body, in bytes. */
export const largestBody = 1024 * 1024;

export interface BodyHeaders {
  readonly method: string;
  readonly contentType: string | undefined;
  readonly contentLength: string | undefined;
  readonly transferEncoding: string | undefined;
}

/**
 * Whether the body is JSON, which an HTML form of another site cannot send. PATCH also accepts the
 * media type of a merge patch (RFC 7396).
 */
export function isJsonOrNothing(headers: BodyHeaders): boolean {
  const { method, contentType, contentLength, transferEncoding } = headers;
  if (contentType === undefined) {
    return transferEncoding === undefined && (contentLength ?? '0') === '0';
  }
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase();
  return (
    mediaType === 'application/json' ||
    (method === 'PATCH' && mediaType === 'application/merge-patch+json')
  );
}
