import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * A stand-in for S3 and for any other service that clients sign requests to: it looks only at whose
 * access key signed, refuses keys that are not valid, and otherwise answers with as little as
 * clients accept. It does not check the signature itself: STS of the practice cloud does that.
 */

export interface SignatureEndpoint {
  readonly url: string;
  /** How many requests were accepted so far. */
  accepted(): number;
  close(): void;
}

const empty = {
  buckets:
    '<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>o</DisplayName></Owner><Buckets></Buckets></ListAllMyBucketsResult>',
  objects:
    '<ListBucketResult><Name>bucket</Name><Prefix></Prefix><MaxKeys>1000</MaxKeys><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>',
  location: '<LocationConstraint>eu-west-1</LocationConstraint>',
  notFound: '<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>',
  stacks:
    '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>',
} as const;

/** The access key id and whether a session token came along; both signature versions. */
export function signerOf({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>) {
  const query = new URL(url, 'http://localhost').searchParams;
  const authorization = headers.authorization ?? '';
  const [, key = query.get('X-Amz-Credential')?.split('/')[0]] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(authorization) ??
    /^AWS ([^:]+):/.exec(authorization) ??
    [];
  const hasToken = 'x-amz-security-token' in headers || query.has('X-Amz-Security-Token');
  return { key, hasToken };
}

function answerTo({ method = 'GET', url = '/' }: IncomingMessage): readonly [number, string] {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  if (method === 'POST') return [400, empty.stacks];
  if (method !== 'GET') return [200, ''];
  if (pathname === '/') return [200, empty.buckets];
  if (searchParams.has('location')) return [200, empty.location];
  return /^\/[^/]+\/?$/.test(pathname) ? [200, empty.objects] : [404, empty.notFound];
}

/** Serves on a loopback port; `isValid`: whether a key is the session's and has not expired. */
export async function startSignatureEndpoint(
  isValid: (accessKeyId: string) => boolean,
): Promise<SignatureEndpoint> {
  let accepted = 0;
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { key, hasToken } = signerOf(request);
      const isGood = key !== undefined && hasToken && isValid(key);
      if (isGood) accepted += 1;
      const [status, text] = isGood
        ? answerTo(request)
        : ([403, '<Error><Code>ExpiredToken</Code><Message>Not valid.</Message></Error>'] as const);
      response.writeHead(status, { 'content-type': 'application/xml', etag: '"0"' });
      response.end(request.method === 'HEAD' ? undefined : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    accepted: () => accepted,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
