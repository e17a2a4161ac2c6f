import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyMinisign } from '../../../src/services/releases/minisign.ts';

const read = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../fixtures/releases', name));
const content = read('release.json');
const signature = read('release.json.minisig').toString();
const key = read('minisign.pub').toString().split('\n')[1] ?? '';

it('accepts what the program minisign has signed, and returns its trusted comment', () => {
  expect(verifyMinisign(content, signature, key)).toBe('stint 1.2.3');
});

it.each([
  ['another file', Buffer.from('{}'), signature, 'does not belong to it'],
  ['another comment', content, signature.replace('1.2.3', '1.2.4'), 'comment of its signature'],
  ['the older form', content, read('older-form.minisig').toString(), 'of another kind'],
  ['no signature', content, '<html>', 'malformed'],
])('refuses %s', (_what, file, signed, why) => {
  expect(() => verifyMinisign(file, signed, key)).toThrow(why);
});
