/**
 * What the owner signs with the key pair of its home for a browser window, before that window sends it
 * anything secret. The port is part of it: a program that listens at another one cannot pass a proof
 * of the real owner on.
 */
export function windowProofText({
  port,
  nonce,
}: {
  readonly port: number;
  readonly nonce: string;
}): string {
  return ['stint-window', port, nonce].join('\n');
}
