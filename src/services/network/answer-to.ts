import type { ClientRequest, IncomingMessage } from 'node:http';

/**
 * Sends a request. Resolves once its answer begins; rejects with what ended the request before that, so
 * that nobody waits for an answer that cannot come.
 */
export function answerTo(
  request: ClientRequest,
  body?: string | Uint8Array,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let hasBegun = false;
    request.once('response', (answer) => {
      hasBegun = true;
      resolve(answer);
    });
    // Stays: an error after the answer has begun belongs to its reader.
    request.on('error', reject);
    // Node says nothing more of a connection that the server wants to use for another protocol (HTTP 101).
    request.once('close', () => {
      if (hasBegun) return;
      const error = new Error('The connection was closed without an answer');
      reject(Object.assign(error, { code: 'ECONNRESET' }));
    });
    request.end(body);
  });
}
