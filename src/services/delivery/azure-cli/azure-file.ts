import { join } from 'node:path';
import { parseJson, textOf, type JsonContainer, type JsonText } from '../shared/json/parse.ts';
import { FileSyntaxError, parseUserFile } from '../shared/user-file/syntax-error.ts';
import { cacheTables, fitsTable, profileTables, type Root, type Table } from './tables.ts';

/** One of the two files in which the Azure CLI keeps its accounts. */
export interface AzureFileKind {
  readonly name: string;
  readonly tables: readonly Table[];
  /** Whether writers use a lock file (`lockfile.ts`). */
  readonly isLocked: boolean;
  /** What a new file begins with. */
  readonly bom: string;
}

const bom = '\ufeff';

export const profileFile: AzureFileKind = {
  name: 'azureProfile.json',
  tables: profileTables,
  isLocked: false,
  bom,
};
/** msal cannot read a file with a byte order mark. */
export const tokenCacheFile: AzureFileKind = {
  name: 'msal_token_cache.json',
  tables: cacheTables,
  isLocked: true,
  bom: '',
};
export const azureFiles = [tokenCacheFile, profileFile] as const;

export function pathOf(folder: string, { name }: AzureFileKind): string {
  return join(folder, name);
}

export interface AzureFile {
  readonly bom: string;
  /** White space around the object. */
  readonly lead: string;
  readonly tail: string;
  /** Undefined in an empty file, which msal reads as an empty cache. */
  readonly root: Root;
}

export function newAzureFile(kind: AzureFileKind, root: Root): AzureFile {
  return { bom: kind.bom, lead: '', tail: '', root };
}

/** `bytes` in latin1. Throws Problem 'file-unreadable' naming line and column. */
export function decodeAzureFile(file: string, kind: AzureFileKind, bytes: string): AzureFile {
  return parseUserFile(file, () => {
    const whole = fromUtf8(bytes);
    const start = whole.startsWith(bom) ? bom.length : 0;
    const content = { bom: whole.slice(0, start), lead: '', tail: '', root: undefined };
    const text = whole.slice(start);
    if (text === '') return content;
    const parsed = parseJson(text);
    return { ...content, ...parsed, root: requireTables(parsed, kind.tables) };
  });
}

/** In latin1. */
export function encodeAzureFile({ bom: start, lead, root, tail }: AzureFile): string {
  const text = start + lead + (root === undefined ? '' : textOf(root)) + tail;
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Throws FileSyntaxError where a table has something that the Azure CLI does not write there. */
function requireTables({ lead, root }: JsonText, tables: readonly Table[]): JsonContainer {
  if (root.kind !== 'object')
    throw new FileSyntaxError(1, 'begins with something else than an object');
  let before = lead;
  for (const child of root.children) {
    before += child.lead;
    const table = tables.find((one) => one === child.key);
    if (table !== undefined && !fitsTable(table, child.node)) {
      throw new FileSyntaxError(
        before.split('\n').length,
        `has something else for "${table}" than the Azure CLI writes there`,
      );
    }
    before += child.label + textOf(child.node);
  }
  return root;
}

/** Throws FileSyntaxError: such bytes would not survive, and the Azure CLI cannot read them either. */
function fromUtf8(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  if (Buffer.from(text, 'utf8').toString('latin1') === bytes) return text;
  const lines = text.slice(0, text.indexOf('\ufffd')).split('\n');
  throw new FileSyntaxError(lines.length, 'is not UTF-8');
}
