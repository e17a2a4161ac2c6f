import { join } from 'node:path';
import { NotUnderstood, understood } from '../shared/user-file/understood.ts';
import { cacheTables, entriesOf, profileTables, type Table } from './tables.ts';

/** One of the two files in which the Azure CLI keeps its accounts. */
export interface AzureFileKind {
  readonly name: string;
  readonly tables: readonly Table[];
  /** Whether writers keep to a lock file (`lockfile.ts`). */
  readonly isLocked: boolean;
  /** What a new one begins with. */
  readonly bom: string;
}

const mark = '\ufeff';

export const profileFile: AzureFileKind = {
  name: 'azureProfile.json',
  tables: profileTables,
  isLocked: false,
  bom: mark,
};
/** Read with a byte order mark by no msal. */
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
  /** Without the mark; '' in a file with nothing in it, which msal takes for an empty cache. */
  readonly text: string;
}

/** `bytes` in latin1. Throws Problem 'file-unreadable' naming line and column. */
export function decodeAzureFile(file: string, kind: AzureFileKind, bytes: string): AzureFile {
  return understood(file, () => {
    const whole = fromUtf8(bytes);
    const bom = whole.startsWith(mark) ? mark : '';
    const content = { bom, text: whole.slice(bom.length) };
    entriesOf(content.text, kind.tables);
    return content;
  });
}

/** In latin1. */
export function encodeAzureFile({ bom, text }: AzureFile): string {
  return Buffer.from(bom + text, 'utf8').toString('latin1');
}

/** Throws NotUnderstood: such bytes would not survive, and the Azure CLI cannot read them either. */
function fromUtf8(bytes: string): string {
  const text = Buffer.from(bytes, 'latin1').toString('utf8');
  if (Buffer.from(text, 'utf8').toString('latin1') === bytes) return text;
  const lines = text.slice(0, text.indexOf('\ufffd')).split('\n');
  throw new NotUnderstood(lines.length, 'is not UTF-8');
}
