import type { Action } from './action.ts';

/**
 * Who signed. Needs no permission at all, and every kind of credentials may ask.
 * Source: STS API Reference "GetCallerIdentity".
 */
export const getCallerIdentity: Action = ({ principal }) => ({
  Arn: principal.arn,
  UserId: principal.userId,
  Account: principal.accountId,
});
