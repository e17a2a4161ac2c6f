import { fieldErrors, fieldErrorsText } from '../../models/field-errors.ts';
import { sessionSchema, type Session } from '../../models/session.ts';
import type { BrokenSession } from '../../models/workspace.ts';
import { applyChange, isObject } from './merge.ts';

/** One entry of the workspace's sessions: its form in the file, and the parsed session. */
export type SessionEntry =
  | { readonly raw: unknown; readonly session: Session; readonly broken?: undefined }
  | { readonly raw: unknown; readonly session?: undefined; readonly broken: BrokenSession };

/** Reads every entry by itself, so that a broken one affects no other. */
export function readEntries(raws: readonly unknown[]): readonly SessionEntry[] {
  const seen = new Set<string>();
  return raws.map((raw) => {
    const entry = readEntry(raw);
    if (!entry.session) return entry;
    if (seen.has(entry.session.sessionId)) {
      return brokenEntry(raw, 'sessionId is used by an earlier session too');
    }
    seen.add(entry.session.sessionId);
    return entry;
  });
}

export function readEntry(raw: unknown): SessionEntry {
  const parsed = sessionSchema.safeParse(raw);
  if (parsed.success) return { raw, session: parsed.data as Session };
  return brokenEntry(raw, fieldErrorsText(fieldErrors(parsed.error, raw), 'the session'));
}

/** An entry that is kept and shown, and not used. `message`: which field is wrong and why. */
export function brokenEntry(raw: unknown, message: string): SessionEntry {
  const { sessionId, sessionName } = isObject(raw) ? raw : {};
  return {
    raw,
    broken: {
      ...(typeof sessionId === 'string' ? { sessionId } : {}),
      ...(typeof sessionName === 'string' ? { sessionName } : {}),
      message,
    },
  };
}

/** The id of an entry, broken or not. */
export function entryId(entry: SessionEntry): string | undefined {
  return entry.session?.sessionId ?? entry.broken?.sessionId;
}

/**
 * The entry after `after` has replaced it. `before` is what the writer had read. Keys of the file
 * that this version does not know stay. `overruled`: what is in the file now cannot
 * be reconciled with the change, so the change alone counts.
 */
export function putEntry(
  current: SessionEntry | undefined,
  before: Session | undefined,
  after: Session,
): { readonly entry: SessionEntry; readonly overruled: boolean } {
  const known = knownKeys(after.type);
  const raw = current && isObject(current.raw) ? current.raw : {};
  const merged = readEntry(applyChange(raw, current ? { ...before } : {}, { ...after }, known));
  if (merged.session) return { entry: merged, overruled: false };
  const unknown = Object.fromEntries(Object.entries(raw).filter(([key]) => !known.has(key)));
  const own = readEntry({ ...unknown, ...after });
  if (own.session) return { entry: own, overruled: true };
  throw new Error(`Session ${after.sessionId} is not valid: ${own.broken.message}`);
}

function knownKeys(type: Session['type']): ReadonlySet<string> {
  const schema = sessionSchema.options.find((option) => option.shape.type.value === type);
  return new Set(Object.keys(schema?.shape ?? {}));
}
