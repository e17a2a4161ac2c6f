import { isSecretName } from './secret-name.ts';

/** What replaces a secret. */
export const redacted = '[redacted]';

const deepest = 8;

/** So many characters of a text are kept: an answer of a server may be a text without end. */
const longest = 10_000;
/**
 * At a cut there may be the beginning of a secret, too short to be known as one: 24 characters, each of which an
 * escape may write with 12, such as `%F0%9F%94%91`.
 */
const unsure = 24 * 12;

/** JSON Web Tokens, and AWS access key ids (IAM User Guide, "Unique identifiers"). */
const recognisable = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g;

/**
 * A copy without secrets: without values whose name says that they are secret, and without tokens and
 * access key ids in any text. `replaceKnown` removes the secrets that only the caller knows. Errors
 * become plain objects.
 */
export function redactValue(
  value: unknown,
  replaceKnown: (text: string) => string = (text) => text,
): unknown {
  const clean = (text: string) => replaceKnown(text).replace(recognisable, redacted);
  const cut = (text: string) =>
    `${clean(text.slice(0, longest)).slice(0, -unsure)} … (${text.length} characters)`;
  return copy(value, (text) => (text.length > longest ? cut(text) : clean(text)), 0);
}

function copy(value: unknown, text: (value: string) => string, depth: number): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'bigint') return String(value);
  // JSON has none, but writes what a `toJSON` returns.
  if (typeof value === 'function') return undefined;
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
        ? redacted
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
