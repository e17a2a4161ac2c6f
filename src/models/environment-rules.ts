import * as z from 'zod';
import { line } from './line.ts';

/*
 * Environments by rule: a session without one gets that of the first rule whose pattern matches the name of
 * its account or of the session.
 */

export const environmentRuleSchema = z.strictObject({
  pattern: line(256).describe(
    '`*` for any text, in any case; several patterns are separated by ` | `',
  ),
  looksAt: z
    .enum(['any', 'account', 'session'])
    .describe('the name of the account or subscription, of the session, or `any` of them'),
  environment: line(64),
});
export type EnvironmentRule = z.infer<typeof environmentRuleSchema>;

/** What a new workspace begins with: names that most organisations use. */
export const usualEnvironmentRules: readonly EnvironmentRule[] = [
  { pattern: '*-prod | *-prd | *-production | prod-* | prod', environment: 'production' },
  { pattern: '*-stag* | *-uat | stag*-*', environment: 'staging' },
  { pattern: '*-dev | *-sandbox | dev-*', environment: 'development' },
].map((rule) => ({ ...rule, looksAt: 'any' }));

export const environmentRulesSchema = z.array(environmentRuleSchema).max(100);

/** As the command prints and takes them: `any: *-prod = production; session: x = staging`. */
export function environmentRulesText(rules: readonly EnvironmentRule[]): string {
  return rules
    .map(({ pattern, looksAt, environment }) => `${looksAt}: ${pattern} = ${environment}`)
    .join('; ');
}

/** Undefined where the text is not a list of rules. An empty text has no rules. */
export function parseEnvironmentRules(text: string): readonly EnvironmentRule[] | undefined {
  const parts = text.split(';').map((part) => part.trim());
  const rules = parts
    .filter((part) => part !== '')
    .map((part) => {
      const [, looksAt, pattern, environment] =
        /^(any|account|session)\s*:(.+)=([^=]+)$/.exec(part) ?? [];
      return environmentRuleSchema.safeParse({ looksAt, pattern, environment }).data;
    });
  return rules.includes(undefined) ? undefined : rules.filter((rule) => rule !== undefined);
}
