import { rmSync } from 'node:fs';

/*
 * The helper behind window-page.ts: removes a page after some milliseconds, also where the command that
 * wrote it was interrupted. Its arguments: the file, the milliseconds.
 */

const [page = '', milliseconds] = process.argv.slice(-2);
setTimeout(() => rmSync(page, { force: true }), Number(milliseconds));
