import { isDeepStrictEqual } from 'node:util';
import type { ChangedField } from '../../models/history.ts';
import { fieldsOf, type Session } from '../../models/session.ts';

/** Fields whose values may hold a secret, such as an argument of a program: only that they changed is said. */
const unsaid: ReadonlySet<string> = new Set(['mfaCommand']);

/** Longer values are cut in the history, in characters of their JSON. */
const longest = 1000;

/** The fields in which two versions differ, by name. */
export function changedFields(before: object, after: object): readonly ChangedField[] {
  const [old, now] = [before, after] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => !isDeepStrictEqual(old[field], now[field]))
    .sort()
    .map((field) =>
      unsaid.has(field)
        ? { field }
        : { field, ...valueAs('from', old[field]), ...valueAs('to', now[field]) },
    );
}

/** What a person has set of a session, as the history keeps it. */
export function snapshotOf(session: Session): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(session)).filter(([name]) => !unsaid.has(name)),
  );
}

function valueAs(name: 'from' | 'to', value: unknown): object {
  if (value === undefined) return {};
  const text = JSON.stringify(value);
  return { [name]: text.length > longest ? `${text.slice(0, longest)}…` : value };
}
