import type { Session } from '../../models/session.ts';
import { searchable } from '../../models/spelling.ts';

const sessionId = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** No shell changes such a word. */
const plain = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]*$/u;

/** Every shell takes such a name whole between double quotes. */
const quotable = /^[\p{L}\p{N}][\p{L}\p{N} ._@+/(),-]*$/u;

/**
 * `text` with the names of sessions instead of their ids, ready to be typed in a shell. An id stays
 * where the name belongs to several sessions, as commands compare names, or cannot be typed safely.
 */
export function withSessionNames(text: string, list: () => readonly Session[]): string {
  return text.replace(sessionId, (id) => {
    const sessions = list();
    const name = sessions.find((session) => session.sessionId === id)?.sessionName;
    if (name === undefined) return id;
    const key = searchable(name);
    if (sessions.filter((one) => searchable(one.sessionName) === key).length > 1) return id;
    if (plain.test(name)) return name;
    return quotable.test(name) ? `"${name}"` : id;
  });
}
