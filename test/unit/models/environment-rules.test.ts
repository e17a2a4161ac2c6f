import { describe, expect, it } from 'vitest';
import {
  environmentOf,
  matchesPattern,
  matchingRule,
} from '../../../src/models/environment-match.ts';
import {
  environmentRulesText,
  parseEnvironmentRules,
  usualEnvironmentRules,
  type EnvironmentRule,
} from '../../../src/models/environment-rules.ts';
import { processorTime } from '../../support/processor-time.ts';

describe('a pattern', () => {
  it.each([
    ['payments-prod', '*-prod', true],
    ['payments-production', '*-prod', false],
    ['Payments-PROD', '*-prod', true],
    ['prod', 'prod', true],
    ['prod', '*-prod', false],
    ['eu-prd-ledger', '*-prd-*', true],
    ['eu-prd', '*-prd-*', false],
    ['claims-uat', '*-stag* | *-uat', true],
    ['a', '*a*a*', false],
    ['aa', '*a*a*', true],
    ['ab', 'ab*b', false],
    ['', '*', true],
    ['x', '|', false],
    ['a.b', 'a?b', false],
  ])('%s by %s: %s', (text, pattern, matches) => {
    expect(matchesPattern(text, pattern)).toBe(matches);
  });

  it('with many stars takes no longer than the text is', () => {
    const text = `${'a'.repeat(5_000)}b`;
    const milliseconds = processorTime(() => {
      expect(matchesPattern(text, `${'*a'.repeat(120)}*c`)).toBe(false);
    });
    expect(milliseconds).toBeLessThan(1000);
  });
});

describe('the rules', () => {
  const rules: readonly EnvironmentRule[] = [
    { pattern: 'break-glass*', looksAt: 'session', environment: 'production' },
    { pattern: '*-prod', looksAt: 'account', environment: 'production' },
    { pattern: '*', looksAt: 'account', environment: 'development' },
  ];

  it('decide by the first that matches', () => {
    expect(matchingRule({ sessionName: 'x', accountName: 'pay-prod' }, rules)).toBe(1);
    expect(matchingRule({ sessionName: 'break-glass-eu', accountName: 'pay' }, rules)).toBe(0);
    expect(matchingRule({ sessionName: 'x', accountName: 'pay' }, rules)).toBe(2);
    expect(matchingRule({ sessionName: 'x' }, rules)).toBeUndefined();
    const any: EnvironmentRule = { pattern: 'pay*', looksAt: 'any', environment: 'staging' };
    expect(matchingRule({ sessionName: 'pay' }, [any])).toBe(0);
    expect(matchingRule({ sessionName: 'x', accountName: 'pay' }, [any])).toBe(0);
  });

  it('leave an environment that a person has set', () => {
    const session = { sessionName: 'x', accountName: 'pay-prod' };
    expect(environmentOf({ ...session, environment: 'test' }, rules)).toBe('test');
    expect(environmentOf(session, rules)).toBe('production');
    expect(environmentOf({ sessionName: 'x' }, rules)).toBeUndefined();
  });

  it('of a new workspace know the usual names', () => {
    const of = (accountName: string) =>
      environmentOf({ sessionName: 'x', accountName }, usualEnvironmentRules);
    expect(['pay-prod', 'prod-eu', 'orders-staging', 'orders-dev', 'product'].map(of)).toEqual([
      'production',
      'production',
      'staging',
      'development',
      undefined,
    ]);
  });

  it('are the same after they were printed and read', () => {
    const text = environmentRulesText(usualEnvironmentRules);
    expect(parseEnvironmentRules(text)).toEqual(usualEnvironmentRules);
    expect(parseEnvironmentRules('')).toEqual([]);
    expect(parseEnvironmentRules('*-prod = production')).toBeUndefined();
    expect(parseEnvironmentRules('account: = production')).toBeUndefined();
  });
});
