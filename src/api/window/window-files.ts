import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { acceptsCoding } from '../accepts-coding.ts';

/** Placeholder in the built page for the nonce of each answer. */
const noncePlaceholder = '__STINT_NONCE__';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Names that change with the content (`main-NMY5BZDH.js`): browsers never have to ask for them again. */
const hashedName = /-[\w-]{8}\.(js|css)$/;
const forAYear = 'public, max-age=31536000, immutable';

/** The window's static files; each answers anyone on this machine, as they hold no secret. */
export interface WindowFiles {
  /**
   * The file at `path` of a GET, the page for a path without extension; undefined for none.
   * `acceptEncoding`: of the request (RFC 9110, 12.5.3).
   */
  find(path: string, acceptEncoding?: string): Promise<WindowFile | undefined>;
}

export interface WindowFile {
  /** `nonce`: as the Content-Security-Policy of the same answer has it. */
  response(nonce: string): Response;
}

/** `folder`: where the window was built to. */
export function createWindowFiles(folder: string): WindowFiles {
  return {
    async find(path, acceptEncoding = '') {
      const name = nameOf(path);
      const type = name === undefined ? undefined : types[extname(name)];
      if (name === undefined || type === undefined) return undefined;
      const file = join(folder, name);
      if (name === 'index.html') {
        const page = await contentsOf(file);
        if (page === undefined) return undefined;
        const headers = { 'Content-Type': type };
        return { response: (nonce) => new Response(withNonce(page, nonce), { headers }) };
      }
      const compressed = acceptsCoding(acceptEncoding, 'br')
        ? await contentsOf(`${file}.br`)
        : undefined;
      const contents = compressed ?? (await contentsOf(file));
      if (contents === undefined) return undefined;
      const headers = {
        'Content-Type': type,
        Vary: 'Accept-Encoding',
        ...(compressed === undefined ? {} : { 'Content-Encoding': 'br' }),
        ...(hashedName.test(name) ? { 'Cache-Control': forAYear } : {}),
      };
      return { response: () => new Response(new Uint8Array(contents), { headers }) };
    },
  };
}

async function contentsOf(file: string): Promise<Buffer | undefined> {
  return await readFile(file).catch(() => undefined);
}

/** Below the folder, or nothing: `..` and bytes that name files elsewhere lead nowhere. */
function nameOf(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const name = normalize(decoded).replaceAll(sep, '/').replace(/^\/+/, '');
  if (name.startsWith('..') || name.includes('\0')) return undefined;
  return extname(name) === '' ? 'index.html' : name;
}

function withNonce(page: Buffer, nonce: string): string {
  return page.toString('utf8').replaceAll(noncePlaceholder, nonce);
}
