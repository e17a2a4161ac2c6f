import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

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

/** The window's static files; each answers anyone on this machine, as they hold no secret. */
export interface WindowFiles {
  /** The file at `path` of a GET, the page for a path without extension; undefined for none. */
  find(path: string): Promise<WindowFile | undefined>;
}

export interface WindowFile {
  /** `nonce`: as the Content-Security-Policy of the same answer has it. */
  response(nonce: string): Response;
}

/** `folder`: where the window was built to. */
export function createWindowFiles(folder: string): WindowFiles {
  return {
    async find(path) {
      const name = nameOf(path);
      const type = name === undefined ? undefined : types[extname(name)];
      if (name === undefined || type === undefined) return undefined;
      const contents = await readFile(join(folder, name)).catch(() => undefined);
      if (contents === undefined) return undefined;
      const headers = { 'Content-Type': type };
      return name === 'index.html'
        ? { response: (nonce) => new Response(withNonce(contents, nonce), { headers }) }
        : { response: () => new Response(new Uint8Array(contents), { headers }) };
    },
  };
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
