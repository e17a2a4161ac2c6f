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

/** Texts of sessions, which are frozen with that: a save replaces one of many. */
const sessionTexts = new WeakMap<object, string>();

/** The file's text: what `JSON.stringify` makes of the document with two blanks of indentation. */
export function writeDocument(document: WorkspaceDocument): string {
  const parts = Object.entries(document).flatMap(([key, value]) => {
    const text = key === 'sessions' ? sessionsText(document.sessions) : indented(value, 2);
    return text === undefined ? [] : [`  ${JSON.stringify(key)}: ${text}`];
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

function sessionsText(sessions: readonly unknown[]): string {
  if (sessions.length === 0) return '[]';
  return `[\n    ${sessions.map(sessionText).join(',\n    ')}\n  ]`;
}

function sessionText(session: unknown): string {
  if (typeof session !== 'object' || session === null) return indented(session, 4) ?? 'null';
  const known = sessionTexts.get(session);
  if (known !== undefined) return known;
  const text = indented(session, 4) ?? 'null';
  sessionTexts.set(session, text);
  freezeWhole(session);
  return text;
}

/** A change of an entry whose text is known would never be saved. */
function freezeWhole(value: object): void {
  for (const inner of Object.values(Object.freeze(value))) {
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) {
      freezeWhole(inner as object);
    }
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
