import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../practice-cloud/http/request.ts';
import { canonicalRequest, sha256Hex } from '../../practice-cloud/sts/canonical-request.ts';
import { signatureOf } from '../../practice-cloud/sts/signature.ts';

/** The keys of AWS's own examples and of its Signature Version 4 test suite. */
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const timestamp = '20150830T123600Z';

function request(
  method: string,
  query: string,
  headers: HttpRequest['headers'],
  body = '',
): HttpRequest {
  return { method, path: '/', query, headers, body: Buffer.from(body) };
}

function sign(given: HttpRequest, signedHeaders: readonly string[], service: string): string {
  const scope = { date: '20150830', region: 'us-east-1', service };
  return signatureOf(canonicalRequest(given, signedHeaders), timestamp, scope, secret);
}

describe('Signature Version 4', () => {
  it('gives the values of the example in the AWS documentation', () => {
    const listUsers = request('GET', 'Action=ListUsers&Version=2010-05-08', [
      ['Host', 'iam.amazonaws.com'],
      ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
      ['X-Amz-Date', timestamp],
    ]);
    const signed = ['content-type', 'host', 'x-amz-date'];
    expect(sha256Hex(canonicalRequest(listUsers, signed))).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
    expect(sign(listUsers, signed, 'iam')).toBe(
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  const host = ['Host', 'example.amazonaws.com'] as const;
  const date = ['X-Amz-Date', timestamp] as const;
  it.each([
    {
      name: 'get-vanilla',
      given: request('GET', '', [host, date]),
      signed: ['host', 'x-amz-date'],
      signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    },
    {
      name: 'get-vanilla-query-order-key-case',
      given: request('GET', 'Param2=value2&Param1=value1', [host, date]),
      signed: ['host', 'x-amz-date'],
      signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    },
    {
      name: 'get-header-value-trim',
      given: request('GET', '', [
        host,
        ['My-Header1', ' value1'],
        ['My-Header2', ' "a   b   c"'],
        date,
      ]),
      signed: ['host', 'my-header1', 'my-header2', 'x-amz-date'],
      signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    },
    {
      name: 'get-header-key-duplicate',
      given: request('GET', '', [
        host,
        ['My-Header1', 'value2'],
        ['My-Header1', 'value2'],
        ['My-Header1', 'value1'],
        date,
      ]),
      signed: ['host', 'my-header1', 'x-amz-date'],
      signature: 'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
    },
    {
      name: 'post-x-www-form-urlencoded',
      given: request(
        'POST',
        '',
        [['Content-Type', 'application/x-www-form-urlencoded'], host, date],
        'Param1=value1',
      ),
      signed: ['content-type', 'host', 'x-amz-date'],
      signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    },
  ])('gives the value of the AWS test suite for $name', ({ given, signed, signature }) => {
    expect(sign(given, signed, 'service')).toBe(signature);
  });
});
