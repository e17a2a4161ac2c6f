import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';
import { buildApp } from '../src/api/app.ts';
import { describeApp } from '../src/api/document.ts';
import { apiPage } from './docs/api-page.ts';

/*
 * `npm run openapi`: writes openapi.json, the client's types and docs/api.md from the routes. With
 * --check it only reports whether they are up to date.
 */

const root = join(import.meta.dirname, '..');

/** The committed files as generated from the routes of this tree. */
export async function generated(): Promise<ReadonlyMap<string, string>> {
  const document = JSON.stringify(describeApp(buildApp()));
  const types = astToString(await openapiTS(document));
  const header = '// Made from openapi.json by `npm run openapi`.\n\n';
  return new Map([
    ['openapi.json', await format(document, { parser: 'json' })],
    ['src/client/openapi.ts', header + types],
    ['docs/api.md', apiPage(JSON.parse(document))],
  ]);
}

if (import.meta.main) {
  for (const [name, text] of await generated()) {
    const file = join(root, name);
    if (!process.argv.includes('--check')) await writeFile(file, text);
    else if ((await readFile(file, 'utf8')) !== text) {
      console.error(`${name} is out of date. Run: npm run openapi`);
      process.exitCode = 1;
    }
  }
}
