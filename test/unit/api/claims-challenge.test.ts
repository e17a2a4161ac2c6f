import { expect, it } from 'vitest';
import { claimsChallengeSchema } from '../../../src/api/schemas/claims-challenge.ts';

const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
const encoded = Buffer.from(claims).toString('base64');

it.each([
  ['JSON', claims],
  ['base64', encoded],
  ['base64 without its end', encoded.replace(/=+$/, '')],
  ['base64 for addresses, with blanks around', ` ${Buffer.from(claims).toString('base64url')}\n`],
  ['a whole header', `Bearer realm="", error="insufficient_claims", claims="${encoded}"`],
])('a claims challenge is read from %s', (_how, text) => {
  expect(claimsChallengeSchema.parse(text)).toBe(claims);
});

it.each([
  '{}',
  '[]',
  'null',
  '"x"',
  'abcde',
  encoded.slice(5),
  'Bearer realm=""',
  '{"id_token":{}}',
])('%s is not one', (text) => {
  expect(claimsChallengeSchema.safeParse(text).success).toBe(false);
});
