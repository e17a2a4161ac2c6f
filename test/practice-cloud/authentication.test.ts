import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type STSClient,
} from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CreatedUser } from '../../practice-cloud/admin-client.ts';
import { canonicalRequest } from '../../practice-cloud/sts/canonical-request.ts';
import { basicTime } from '../../practice-cloud/sts/authorization.ts';
import { signatureOf } from '../../practice-cloud/sts/signature.ts';
import { accountId, keysOf, practiceForEachTest, refusal } from './practice.ts';

interface Signed {
  body: string;
  headers: Record<string, string>;
}

/** Changes requests after the SDK signed them. */
function tamper(client: STSClient, change: (request: Signed) => void): STSClient {
  client.middlewareStack.add(
    (next) => (args) => {
      change(args.request as Signed);
      return next(args);
    },
    { step: 'deserialize' },
  );
  return client;
}

describe('a request', () => {
  const practice = practiceForEachTest();
  let anna: CreatedUser;
  beforeEach(async () => {
    anna = await practice.admin.createUser({ accountId, userName: 'anna' });
  });

  const refusedAfter = (change: (request: Signed) => void) =>
    refusal(tamper(practice.sts(anna), change).send(new GetCallerIdentityCommand({})));

  it.each<[string, (request: Signed) => void, string, number]>([
    [
      'whose body was changed',
      (request) => {
        request.body = request.body.replace('GetCallerIdentity', 'GetSessionToken');
        request.headers['content-length'] = String(Buffer.byteLength(request.body));
      },
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'whose signed header was changed',
      (request) =>
        (request.headers['content-type'] = 'application/x-www-form-urlencoded;charset=utf-8'),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'with an x-amz header that is not signed',
      (request) => (request.headers['x-amz-added'] = 'later'),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'for another service',
      (request) => rewrite(request, '/sts/', '/iam/'),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'for a region that is none',
      (request) => rewrite(request, '/eu-west-1/', '/mars/'),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'for another day',
      (request) => rewrite(request, /\/\d{8}\//, '/20150830/'),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'whose signature is cut',
      (request) => rewrite(request, /.$/, ''),
      'SignatureDoesNotMatch',
      403,
    ],
    [
      'without a signature',
      (request) => rewrite(request, /, Signature=.*/, ''),
      'IncompleteSignature',
      400,
    ],
    [
      'with another algorithm',
      (request) => rewrite(request, 'AWS4-HMAC-SHA256', 'AWS4-HMAC-MD5'),
      'IncompleteSignature',
      400,
    ],
    [
      'without a date',
      (request) => delete request.headers['x-amz-date'],
      'IncompleteSignature',
      400,
    ],
    [
      'that is not signed at all',
      (request) => delete request.headers['authorization'],
      'MissingAuthenticationToken',
      403,
    ],
  ])('%s is refused', async (_, change, code, status) => {
    expect(await refusedAfter(change)).toMatchObject({ code, status });
  });

  function rewrite(request: Signed, what: string | RegExp, by: string): void {
    request.headers['authorization'] = String(request.headers['authorization']).replace(what, by);
  }

  it('signed with temporary keys needs their own session token', async () => {
    const session = keysOf(await practice.sts(anna).send(new GetSessionTokenCommand({})));
    const other = keysOf(await practice.sts(anna).send(new GetSessionTokenCommand({})));
    const attempts = [
      { ...session, sessionToken: undefined },
      { ...session, sessionToken: other.sessionToken },
      { ...anna, sessionToken: session.sessionToken },
    ];
    for (const keys of attempts) {
      const call = practice.sts(keys).send(new GetCallerIdentityCommand({}));
      expect(await refusal(call)).toEqual({
        code: 'InvalidClientTokenId',
        status: 403,
        message: 'The security token included in the request is invalid.',
      });
    }
  });

  it('signed on a machine with a wrong clock works after our Date header corrects the SDK', async () => {
    await practice.admin.setOverrides({ clockOffsetSeconds: 3600 });
    const client = practice.sts(anna, { maxAttempts: 2 });
    expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(anna.arn);
    const calls = await practice.admin.calls();
    expect(calls.map(({ error }) => error)).toEqual(['SignatureDoesNotMatch', undefined]);
  });

  it('to a key that was switched off works again once it is on', async () => {
    const who = () => practice.sts(anna).send(new GetCallerIdentityCommand({}));
    await practice.admin.deactivateKey(anna.accessKeyId);
    expect((await refusal(who())).code).toBe('InvalidClientTokenId');
    await practice.admin.activateKey(anna.accessKeyId);
    expect((await who()).Arn).toBe(anna.arn);
    await practice.admin.deleteKey(anna.accessKeyId);
    expect((await refusal(who())).code).toBe('InvalidClientTokenId');
  });

  it('for no known action, version or address is refused in AWS words', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answers = await Promise.all([
      fetch(`${practice.endpoint}/`, { method: 'POST', headers: form, body: 'Action=Dance' }),
      fetch(`${practice.endpoint}/?Action=GetCallerIdentity&Version=2011-06-14`),
      fetch(`${practice.endpoint}/`),
      fetch(`${practice.endpoint}/iam`),
      fetch(`${practice.endpoint}/`, { method: 'POST', body: '{}' }),
    ]);
    const said = await Promise.all(
      answers.map(async (answer) => {
        const code = /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1];
        return `${answer.status} ${code ?? ''}`;
      }),
    );
    expect(said).toEqual([
      '400 InvalidAction',
      '400 InvalidAction',
      '400 MissingAction',
      '404 UnknownOperationException',
      '400 MalformedInput',
    ]);
  });

  it('is refused in the XML of the Query protocol, with an id', async () => {
    const answer = await fetch(`${practice.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`);
    const id = answer.headers.get('x-amzn-requestid') ?? '';
    expect(answer.headers.get('content-type')).toBe('text/xml');
    expect(await answer.text()).toBe(
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>' +
        '<Type>Sender</Type><Code>MissingAuthenticationToken</Code>' +
        '<Message>Request is missing Authentication Token</Message></Error>' +
        `<RequestId>${id}</RequestId></ErrorResponse>\n`,
    );
  });

  it('may be a presigned URL, until it expires', async () => {
    const url = presigned(Date.now(), 60);
    const [inTime, stretched] = await Promise.all([
      fetch(url),
      fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')),
    ]);
    expect(await inTime.text()).toContain(`<Arn>${anna.arn}</Arn>`);
    expect(await stretched.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
    await practice.admin.setOverrides({ clockOffsetSeconds: 120 });
    expect(await (await fetch(url)).text()).toContain('Signature expired');
  });

  function presigned(time: number, seconds: number): string {
    const timestamp = basicTime(time);
    const scope = { date: timestamp.slice(0, 8), region: 'eu-west-1', service: 'sts' };
    const credential = `${anna.accessKeyId}/${scope.date}/eu-west-1/sts/aws4_request`;
    const query = new URLSearchParams({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': credential,
      'X-Amz-Date': timestamp,
      'X-Amz-Expires': String(seconds),
      'X-Amz-SignedHeaders': 'host',
    }).toString();
    const headers = [['host', new URL(practice.endpoint).host]] as const;
    const request = { method: 'GET', path: '/', query, headers, body: Buffer.alloc(0) };
    const canonical = canonicalRequest(request, ['host']);
    const signature = signatureOf(canonical, timestamp, scope, anna.secretAccessKey);
    return `${practice.endpoint}/?${query}&X-Amz-Signature=${signature}`;
  }
});
