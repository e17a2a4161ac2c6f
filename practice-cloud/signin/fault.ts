/** A refusal of the sign-in endpoint: its status, and a sentence for the page. */
export class SigninFault extends Error {
  override readonly name = 'SigninFault';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
