/** A service answered, and not as this service may: nothing of it is used, and it is not asked again. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer';
  readonly host: string;
  /** What is wrong with it, such as "it has more than 1 MB". */
  readonly why: string;

  constructor(host: string, why: string, cause?: unknown) {
    super(`${host} gave an answer that cannot be used: ${why}`, { cause });
    this.host = host;
    this.why = why;
  }
}
