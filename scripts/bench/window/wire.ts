/** An answer that a page has loaded. */
export interface Loaded {
  readonly url: string;
  /** As it came: compressed, with its headers. */
  readonly bytes: number;
}

/**
 * Whether the answer is there before the window shows its first sessions: everything but the other sessions,
 * which the window reads after that, page by page.
 */
export function isOfFirstLoad({ url }: Loaded): boolean {
  return !new URL(url).searchParams.has('cursor');
}

export function bytesOf(loaded: readonly Loaded[]): number {
  return loaded.reduce((sum, { bytes }) => sum + bytes, 0);
}
