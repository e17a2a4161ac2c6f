/**
 * Variables set where a command was typed. A value is undefined where only the name was sent, because
 * the variable may hold a secret.
 */
export type CallerEnvironment = ReadonlyMap<string, string | undefined>;

/** `entries`: `NAME` or `NAME=value`. */
export function parseCallerEnvironment(entries: readonly string[]): CallerEnvironment {
  return new Map(
    entries.map((entry) => {
      const at = entry.indexOf('=');
      return at < 0 ? [entry, undefined] : [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
