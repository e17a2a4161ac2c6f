import { fieldErrors, fieldErrorsText } from '../../models/field-errors.ts';
import { Problem } from '../../models/problem.ts';
import { workspaceSchema, workspaceVersion } from '../../models/workspace.ts';

/** The workspace file as JSON, with every key in it, known or not. */
export interface WorkspaceDocument {
  readonly version: number;
  readonly sessions: readonly unknown[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly integrations?: readonly unknown[];
  readonly identityProviders?: readonly unknown[];
  readonly imports?: readonly unknown[];
  readonly [key: string]: unknown;
}

export type ReadDocument =
  | { readonly kind: 'document'; readonly document: WorkspaceDocument }
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Reads a workspace file. Only what is not JSON is damage. Throws Problem 'workspace-newer' for a
 * version this Stint does not know, 'file-unreadable' for JSON that is not a workspace: a person
 * wrote that, and it is theirs to repair.
 */
export function readDocument(bytes: Uint8Array, file: string): ReadDocument {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { kind: 'damaged', reason: (error as Error).name };
  }
  const version: unknown = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > workspaceVersion) throw newer(version, file);
  const parsed = workspaceSchema.safeParse(value);
  if (!parsed.success) {
    const errors = fieldErrors(parsed.error, value);
    throw new Problem('file-unreadable', {
      detail: `${file} is JSON but not a workspace: ${fieldErrorsText(errors, 'the file')}.`,
      next: 'Repair the file, or replace it with a version from the backups folder. Stint did not change it.',
      errors,
    });
  }
  return { kind: 'document', document: value as WorkspaceDocument };
}

/** Sessions as bytes, which are frozen with that: a save replaces one of many. */
const sessionBytes = new WeakMap<object, Uint8Array>();

const beforeSessions = Buffer.from('[\n    ');
const betweenSessions = Buffer.from(',\n    ');
const afterSessions = Buffer.from('\n  ]');

/**
 * The file's bytes: what `JSON.stringify` makes of the document with two blanks of indentation. Put together
 * from bytes: joining texts of some megabytes and encoding that costs more than the write.
 */
export function writeDocument(document: WorkspaceDocument): Buffer {
  const pieces: Uint8Array[] = [];
  let before = '{\n';
  for (const [key, value] of Object.entries(document)) {
    const text = key === 'sessions' ? '' : indented(value, 2);
    if (text === undefined) continue;
    pieces.push(Buffer.from(`${before}  ${JSON.stringify(key)}: ${text}`));
    if (key === 'sessions')
      for (const piece of sessionPieces(document.sessions)) pieces.push(piece);
    before = ',\n';
  }
  pieces.push(Buffer.from('\n}\n'));
  return Buffer.concat(pieces);
}

function sessionPieces(sessions: readonly unknown[]): readonly Uint8Array[] {
  if (sessions.length === 0) return [Buffer.from('[]')];
  keepBytesOf(sessions.filter(isObject).filter((session) => !sessionBytes.has(session)));
  const pieces: Uint8Array[] = [];
  for (const session of sessions) {
    const kept = isObject(session) ? sessionBytes.get(session) : undefined;
    pieces.push(
      pieces.length === 0 ? beforeSessions : betweenSessions,
      kept ?? Buffer.from(textOf(session)),
    );
  }
  pieces.push(afterSessions);
  return pieces;
}

/**
 * In one block of their own: `Buffer.from` takes a part of 64 kB that it shares with other bytes of the same
 * time, and those of one session would keep all of that.
 */
function keepBytesOf(sessions: readonly object[]): void {
  const all = sessions.map(textOf);
  const size = all.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const block = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const [index, session] of sessions.entries()) {
    const end = at + block.write(all[index] ?? '', at);
    sessionBytes.set(session, block.subarray(at, end));
    freezeWhole(session);
    at = end;
  }
}

function textOf(session: unknown): string {
  return indented(session, 4) ?? 'null';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A change of an entry whose bytes are known would never be saved. */
function freezeWhole(value: object): void {
  for (const inner of Object.values(Object.freeze(value))) {
    if (isObject(inner) && !Object.isFrozen(inner)) freezeWhole(inner);
  }
}

/** Undefined for what JSON leaves out. */
function indented(value: unknown, blanks: number): string | undefined {
  const text = JSON.stringify(value, undefined, 2) as string | undefined;
  return text?.replaceAll('\n', `\n${' '.repeat(blanks)}`);
}

function newer(version: number, file: string): Problem {
  return new Problem('workspace-newer', {
    detail: `${file} has version ${version}; this Stint reads version ${workspaceVersion}.`,
    next: 'Install a newer Stint. Stint did not change the file.',
  });
}
