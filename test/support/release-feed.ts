import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReleaseFeed } from '../../src/models/release.ts';

/** A feed of releases on this machine, with its own key. */
export interface TestFeed extends ReleaseFeed {
  /** Publishes it, with a signature; `change` is what somebody on the way does to the bytes. */
  publish(release: object, change?: (content: Buffer) => Buffer): void;
  /** Answers everything with a redirect there. */
  redirectTo(address: string | undefined): void;
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startFeed(): Promise<TestFeed> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const id = randomBytes(8);
  const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url');
  const files = new Map<string, Buffer>();
  const requests: string[] = [];
  let redirect: string | undefined;
  const server = createServer((request, response) => {
    const path = String(request.url);
    requests.push(path);
    const file = files.get(path.replace(/^\/moved/, ''));
    if (redirect !== undefined && !path.startsWith('/moved')) {
      response.writeHead(302, { location: `${redirect}${path}` }).end();
    } else response.writeHead(file === undefined ? 404 : 200).end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const path = '/stint-release.json';
  return {
    address: `${origin}${path}`,
    publicKey: Buffer.concat([Buffer.from('Ed'), id, raw]).toString('base64'),
    requests,
    publish(release, change = (content) => content) {
      const content = Buffer.from(JSON.stringify(release));
      const own = sign(null, createHash('blake2b512').update(content).digest(), privateKey);
      const comment = 'a release of Stint';
      const global = sign(null, Buffer.concat([own, Buffer.from(comment)]), privateKey);
      const line = Buffer.concat([Buffer.from('ED'), id, own]).toString('base64');
      files.set(path, change(content));
      files.set(
        `${path}.minisig`,
        Buffer.from(
          `untrusted comment: x\n${line}\ntrusted comment: ${comment}\n${global.toString('base64')}\n`,
        ),
      );
    },
    redirectTo(address) {
      redirect = address;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
