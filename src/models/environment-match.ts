import type { EnvironmentRule } from './environment-rules.ts';

/* Apart from the schema, which the first load of the window does without. */

/** What rules look at; `accountName` is that of the account or subscription, where it is known. */
export interface RuledNames {
  readonly sessionName: string;
  readonly accountName?: string | undefined;
}

/** The position of the first rule that matches; undefined where none does. */
export function matchingRule(
  names: RuledNames,
  rules: readonly EnvironmentRule[],
): number | undefined {
  const at = rules.findIndex(({ pattern, looksAt }) => {
    const { sessionName, accountName } = names;
    const looked = {
      any: [sessionName, accountName],
      account: [accountName],
      session: [sessionName],
    };
    return looked[looksAt].some((name) => name !== undefined && matchesPattern(name, pattern));
  });
  return at < 0 ? undefined : at;
}

/** The environment of a session: its own, or by the first rule that matches; undefined for none. */
export function environmentOf(
  session: RuledNames & { readonly environment?: string | undefined },
  rules: readonly EnvironmentRule[],
): string | undefined {
  if (session.environment !== undefined) return session.environment;
  const at = matchingRule(session, rules);
  return at === undefined ? undefined : rules[at]?.environment;
}

/** Whether the text matches one of the patterns, which `|` separates. Takes time linear in the text. */
export function matchesPattern(text: string, patterns: string): boolean {
  const lower = text.toLowerCase();
  return patterns
    .toLowerCase()
    .split('|')
    .some((pattern) => pattern.trim() !== '' && matchesOne(lower, pattern.trim()));
}

function matchesOne(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
