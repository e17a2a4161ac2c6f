/** The owner on this machine cannot be reached, or what is in its place cannot be trusted. */
export class OwnerFailure extends Error {
  override readonly name = 'OwnerFailure';
  readonly kind: 'unreachable' | 'untrusted';
  /** What the reader can do about it, as one sentence. */
  readonly next: string;

  constructor(kind: OwnerFailure['kind'], message: string, next: string) {
    super(message);
    this.kind = kind;
    this.next = next;
  }
}
