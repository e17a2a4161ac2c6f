import { redacted, redactValue } from '../../models/redaction.ts';
import { HiddenTexts } from './hidden-texts.ts';

/*
 * The second net under the rule that nothing secret is logged: known secrets are removed in every
 * spelling they may have, and so is every value whose name says that it is a secret.
 */

export interface Redactor {
  /** From now on `secret` is removed wherever it occurs. Texts under 4 characters are not. */
  hide(secret: string): void;
  /** A copy of `value` for the log, without secrets; errors become plain objects. */
  redact(value: unknown): unknown;
}

export function createRedactor(): Redactor {
  const hidden = new HiddenTexts();
  return {
    hide: (secret) => hidden.add(secret),
    redact: (value) => redactValue(value, (text) => hidden.replaceIn(text, redacted)),
  };
}
