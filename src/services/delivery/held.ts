/**
 * One thing that a delivery has in the user's files, or keeps of theirs until a stop. Names and
 * places only, nothing secret.
 */
export interface Held {
  readonly kind: 'section' | 'subscription' | 'account' | 'tokens' | 'stash' | 'file' | 'journal';
  readonly file: string;
  /** Tells it from the others of its kind in the file. */
  readonly key: string;
  /** What it is, as the end of a sentence about the file. */
  readonly what: string;
  /** Undefined where it belongs to no session alone. */
  readonly sessionId?: string;
}

/** A file that goes with the last entry in it; `folder`: the topmost one that was made for it. */
export function madeFile({
  file,
  folder,
}: {
  readonly file: string;
  readonly folder?: string | undefined;
}): Held {
  const what = 'A file that Stint created';
  return {
    kind: 'file',
    file,
    key: '',
    what: folder === undefined ? what : `${what}, with its folder ${folder}`,
  };
}

/** `3 access tokens`, `1 access token`. */
export function counted(count: number, one: string): string {
  return count === 1 ? `1 ${one}` : `${count} ${one}s`;
}
