import { redacted, redactValue } from '../../models/redaction.ts';
import { HiddenTexts } from './hidden-texts.ts';

/*
 * The second net under the rule that nothing secret is logged: known secrets are removed in every
 * spelling they may have, and so is every value whose name says that it is a secret.
 */

/** Of a secret that does not expire while this process runs. */
export type HiddenFor = 'for good';

export interface Redactor {
  /**
   * From now on `secret` is removed wherever it occurs. Texts under 4 characters are not. Of those that are not
   * hidden for good, the last 5,000 are known.
   */
  hide(secret: string, lifetime?: HiddenFor): void;
  /** A copy of `value` for the log, without secrets; errors become plain objects. */
  redact(value: unknown): unknown;
}

export function createRedactor(): Redactor {
  const hidden = new HiddenTexts();
  return {
    hide: (secret, lifetime) => hidden.add(secret, { isForGood: lifetime === 'for good' }),
    redact: (value) => redactValue(value, (text) => hidden.replaceIn(text, redacted)),
  };
}
