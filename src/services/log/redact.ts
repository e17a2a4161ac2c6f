import { HiddenTexts } from './hidden-texts.ts';
import { isSecretName } from './secret-name.ts';

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

const deepest = 8;
const replacement = '[redacted]';

export function createRedactor(): Redactor {
  const hidden = new HiddenTexts();
  const text = (value: string) =>
    hidden.replaceIn(value, replacement).replace(recognisable, replacement);
  return {
    hide: (secret) => hidden.add(secret),
    redact: (value) => copy(value, text, 0),
  };
}

/** JSON Web Tokens, and AWS access key ids (IAM User Guide, "Unique identifiers"). */
const recognisable = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;

function copy(value: unknown, text: (value: string) => string, depth: number): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '[too deep]';
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return '[bytes]';
  if (Array.isArray(value)) return value.map((item) => copy(item, text, depth + 1));
  const entries = value instanceof Error ? errorEntries(value) : Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, item]) => [
      text(name),
      isSecretName(name) && item !== undefined && item !== null
        ? replacement
        : copy(item, text, depth + 1),
    ]),
  );
}

/** What helps to find the cause: not what libraries hang on their errors, such as whole requests. */
function errorEntries(error: Error): [string, unknown][] {
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  const entries: [string, unknown][] = [
    ['name', name],
    ['message', message],
    ['code', code],
    ['stack', stack],
    ['cause', cause],
  ];
  return entries.filter(([, value]) => value !== undefined);
}
