import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../models/problem.ts';

const certificate = /-----BEGIN (TRUSTED )?CERTIFICATE-----/;

/**
 * The certificates in PEM format in a file, or in all files of a folder, as OpenSSL and requests take
 * them. Other files there, and links that lead nowhere, are ignored. Throws Problem
 * 'file-unreadable'.
 */
export function readCertificates(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
    // A folder made by c_rehash names each certificate twice.
    const found = new Set(readdirSync(path).flatMap((name) => certificateIn(join(path, name))));
    if (found.size === 0) throw new Error('no file in it holds a certificate in PEM format');
    return [...found];
  } catch (cause) {
    throw new Problem('file-unreadable', {
      detail: `The certificates in ${path} cannot be read: ${(cause as Error).message}`,
      next: 'Correct the path: stint settings set caBundle PATH, or stint settings unset caBundle',
      cause,
    });
  }
}

function certificateIn(file: string): readonly string[] {
  try {
    const content = readFileSync(file, 'utf8');
    return certificate.test(content) ? [content] : [];
  } catch {
    return [];
  }
}
