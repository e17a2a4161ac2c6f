import { environmentOf, matchingRule, type RuledNames } from '../../models/environment-match.ts';
import { environmentRuleSchema, type EnvironmentRule } from '../../models/environment-rules.ts';

/** What a rule decides now. */
export interface RuleMatches {
  readonly count: number;
  /** The first few names, and how many more. */
  readonly examples: string;
}

const shownExamples = 2;

/** For each rule, the sessions that it decides for; the last entry is of those that no rule matches. */
export function ruleMatches(
  rules: readonly EnvironmentRule[],
  sessions: readonly (RuledNames & { readonly environment?: string | undefined })[],
): { readonly byRule: readonly RuleMatches[]; readonly unmatched: number } {
  const names = rules.map(() => new Set<string>());
  const counts = rules.map(() => 0);
  let unmatched = 0;
  for (const session of sessions) {
    const at = session.environment === undefined ? matchingRule(session, rules) : undefined;
    if (at === undefined) {
      if (environmentOf(session, rules) === undefined) unmatched += 1;
      continue;
    }
    counts[at] = (counts[at] ?? 0) + 1;
    const { looksAt } = rules[at] ?? {};
    names[at]?.add(
      looksAt === 'session' ? session.sessionName : (session.accountName ?? session.sessionName),
    );
  }
  return {
    byRule: names.map((held, at) => ({
      count: counts[at] ?? 0,
      examples: examplesText([...held]),
    })),
    unmatched,
  };
}

function examplesText(names: readonly string[]): string {
  const more = names.length - shownExamples;
  const first = names.slice(0, shownExamples).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}

/** What is wrong with the rules, as a sentence that names the first wrong one. */
export function ruleError(rules: readonly EnvironmentRule[]): string | undefined {
  const at = rules.findIndex((rule) => !environmentRuleSchema.safeParse(rule).success);
  const wrong = rules[at];
  if (wrong === undefined) return undefined;
  const missing = wrong.pattern.trim() === '' ? 'a pattern' : 'an environment';
  return `Rule ${at + 1}: enter ${missing}, at most ${wrong.pattern.trim() === '' ? 256 : 64} characters.`;
}

/** The list with one rule moved by a place; the same list where it cannot move. */
export function moved(
  rules: readonly EnvironmentRule[],
  at: number,
  by: 1 | -1,
): readonly EnvironmentRule[] {
  const [rule, other] = [rules[at], rules[at + by]];
  if (rule === undefined || other === undefined) return rules;
  return rules.map((one, index) => (index === at ? other : index === at + by ? rule : one));
}
