import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  isDamage,
  readEnvelope,
  sealVault,
  unreadable,
  type VaultEnvelope,
} from '../../../src/services/vault/vault-file.ts';
import { Problem } from '../../../src/models/problem.ts';
import { header } from './vault-in-keychain.ts';

const sealed = sealVault(header, Buffer.alloc(32, 7), new Map([['a', '1']]));
const envelope = readEnvelope(sealed, '/home/v');

/** The same file with other fields and the checksum of these. */
function written(change: Partial<Record<keyof VaultEnvelope, unknown>>): string {
  const { checksum: _, ...fields } = { ...envelope, ...change };
  const { header, nonce, content, tag } = fields;
  const checksum = createHash('sha256')
    .update(JSON.stringify([header, nonce, content, tag]))
    .digest('hex');
  return JSON.stringify({ ...fields, checksum });
}

const problemOf = (text: string): Problem => {
  try {
    readEnvelope(text, '/home/v');
  } catch (problem) {
    if (problem instanceof Problem) return problem;
  }
  throw new Error('It was read without a problem.');
};

describe('a vault file', () => {
  test('is one line with what it needs and nothing more', () => {
    expect(sealed).toMatch(/^\{.*\}\n$/);
    expect(readEnvelope(written({}), '/home/v')).toEqual(envelope);
  });

  test.each([
    ['a short nonce', { nonce: Buffer.alloc(8).toString('base64') }],
    ['a short tag', { tag: Buffer.alloc(4).toString('base64') }],
    ['a long tag', { tag: Buffer.alloc(18).toString('base64') }],
    ['another format', { header: { ...header, format: 'other' } }],
    ['a version in a text', { header: { ...header, version: '2' } }],
    ['version 0', { header: { ...header, version: 0 } }],
    ['no header', { header: null }],
  ])('with %s is damaged, also where its checksum is right', (_what, change) => {
    const problem = problemOf(written(change));
    expect(problem.message).toBe(
      'The vault /home/v cannot be read: it is damaged. Stint did not change it.',
    );
    expect(isDamage(problem)).toBe(true);
  });

  test('that is not JSON is cut short or damaged', () => {
    const problem = problemOf(sealed.slice(0, 100));
    expect(problem.message).toBe(
      'The vault /home/v cannot be read: it is cut short or damaged. Stint did not change it.',
    );
    expect(problem.details.cause).toBeInstanceOf(SyntaxError);
    expect(isDamage(problem)).toBe(true);
  });

  test('of a newer version is whole, and needs a newer Stint', () => {
    const problem = problemOf(written({ header: { ...header, version: 2 } }));
    expect(problem.details).toMatchObject({
      detail:
        'The vault /home/v is of version 2, which this Stint does not know. Stint did not change it.',
      next: 'Use the newer version of Stint.',
    });
    expect(isDamage(problem)).toBe(false);
  });
});

test('only an unreadable vault is damage', () => {
  const { details } = unreadable('/home/v', 'it is damaged');
  expect(isDamage(new Problem('file-unreadable', details))).toBe(false);
});
