import { createHmac } from 'node:crypto';

/**
 * Shows that this server can read the owner's token file: after a crash another user may listen on
 * our old port and collect tokens. The port is part of it, so that such a listener cannot pass on
 * a proof of the real owner. `port`: 0 if the connection has none.
 */
export function serverProof(challenge: {
  readonly secret: string;
  readonly port: number;
  readonly nonce: string;
}): string {
  return createHmac('sha256', challenge.secret)
    .update(['stint-handshake', challenge.port, challenge.nonce].join('\n'))
    .digest('base64url');
}
