import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCertificates } from '../../../src/services/network/certificates.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-certificates-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;

it('takes the certificates of a file', () => {
  writeFileSync(join(folder, 'corp.pem'), pem('a'));
  expect(readCertificates(join(folder, 'corp.pem'))).toEqual([pem('a')]);
});

it('takes those of every file in a folder, hashed or not, each once', () => {
  writeFileSync(join(folder, 'a.pem'), pem('a'));
  writeFileSync(join(folder, 'b.crt'), `Some words first\n${pem('b')}`);
  writeFileSync(join(folder, 'README'), 'no certificate');
  mkdirSync(join(folder, 'java'));
  symlinkSync('a.pem', join(folder, '5ed36f99.0'));
  symlinkSync('gone.pem', join(folder, '7d0b38bd.0'));
  const found = readCertificates(folder);
  expect([...found].sort()).toEqual([pem('a'), `Some words first\n${pem('b')}`].sort());
});

it('names a file that is missing and a folder without any', () => {
  const gone = join(folder, 'gone.pem');
  expect(() => readCertificates(gone)).toThrow(
    `The certificates in ${gone} cannot be read: ENOENT`,
  );
  expect(() => readCertificates(folder)).toThrow('no file in it holds a certificate');
});
