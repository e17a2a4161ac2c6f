/** Largest request body, in bytes. */
export const largestBody = 1024 * 1024;

export interface BodyHeaders {
  readonly method: string;
  readonly contentType: string | undefined;
  readonly contentLength: string | undefined;
  readonly transferEncoding: string | undefined;
}

/**
 * Whether a body is sent in a way this API takes: JSON, and nothing that an HTML form of another
 * site could send. PATCH also takes a merge patch by its own name (RFC 7396).
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
