import type { EnvironmentRule } from './environment-rules.ts';

/* Apart from the schema, which the first load of the window does without. */

/** What rules look at; `accountName` is that of the account or subscription, where it is known. */
export interface RuledNames {
  readonly sessionName: string;
  readonly accountName?: string | undefined;
}

/** One of the patterns that `|` separates: the texts between its stars, in lower case. */
type Alternative = readonly string[];

/** Rules are matched with thousands of sessions, so each is split once. */
const alternatives = new WeakMap<EnvironmentRule, readonly Alternative[]>();

/** The position of the first rule that matches; undefined where none does. */
export function matchingRule(
  { sessionName, accountName }: RuledNames,
  rules: readonly EnvironmentRule[],
): number | undefined {
  const session = sessionName.toLowerCase();
  const account = accountName?.toLowerCase();
  const at = rules.findIndex((rule) => {
    const { looksAt } = rule;
    return (
      (looksAt !== 'account' && matchesOneOf(session, alternativesOf(rule))) ||
      (looksAt !== 'session' &&
        account !== undefined &&
        matchesOneOf(account, alternativesOf(rule)))
    );
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
  return matchesOneOf(text.toLowerCase(), split(patterns));
}

function alternativesOf(rule: EnvironmentRule): readonly Alternative[] {
  const known = alternatives.get(rule);
  if (known !== undefined) return known;
  const parts = split(rule.pattern);
  alternatives.set(rule, parts);
  return parts;
}

function split(patterns: string): readonly Alternative[] {
  return patterns
    .toLowerCase()
    .split('|')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map((pattern) => pattern.split('*'));
}

function matchesOneOf(text: string, patterns: readonly Alternative[]): boolean {
  return patterns.some((pattern) => matchesOne(text, pattern));
}

function matchesOne(text: string, pattern: Alternative): boolean {
  const [first = ''] = pattern;
  const last = pattern.at(-1) ?? '';
  if (pattern.length === 1) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (let part = 1; part < pattern.length - 1; part += 1) {
    const between = pattern[part] ?? '';
    const found = text.indexOf(between, at);
    if (found < 0) return false;
    at = found + between.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
