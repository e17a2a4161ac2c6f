/*
 * The second net under the rule that nothing secret is logged: known values are taken out in every
 * spelling they may have, and so is whatever stands under a name that smells of a secret.
 */

export interface Redactor {
  /** From now on `secret` is taken out wherever it stands. Texts under 4 characters are not. */
  hide(secret: string): void;
  /** A copy of `value` for the log, without secrets; errors become plain objects. */
  redact(value: unknown): unknown;
}

const shortest = 4;
const deepest = 8;
/** How many secrets are remembered: credentials change, and the oldest are long void. */
const remembered = 1000;
const replacement = '[redacted]';

export function createRedactor(): Redactor {
  const hidden = new Map<string, ReadonlySet<string>>();
  let pattern: RegExp | undefined;
  const text = (value: string) => {
    pattern ??= anyOf([...hidden.values()].flatMap((spellings) => [...spellings]));
    return value.replace(pattern, replacement).replace(recognisable, replacement);
  };
  return {
    hide(secret) {
      if (secret.length < shortest) return;
      hidden.delete(secret);
      hidden.set(secret, spellingsOf(secret));
      const [oldest] = hidden.keys();
      if (hidden.size > remembered && oldest !== undefined) hidden.delete(oldest);
      pattern = undefined;
    },
    redact: (value) => copy(value, text, 0),
  };
}

/** The longest first, so that nothing of it is left standing. Matches nothing where there is none. */
function anyOf(texts: readonly string[]): RegExp {
  const alternatives = texts
    .toSorted((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(alternatives.length === 0 ? '(?!)' : alternatives.join('|'), 'g');
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

const secretWords = new Set([
  'answer',
  'assertion',
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'passphrase',
  'password',
  'secret',
  'secrets',
  'token',
  'tokens',
]);
const secretKeys = /(access|api|master|private|secret|signing)_?keys?(_?id)?$/;

function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return secretWords.has(words.at(-1) ?? '') || secretKeys.test(words.join('_'));
}

/** A secret as it is, and as it looks inside JSON, a URL, base64 or hexadecimal digits. */
function spellingsOf(secret: string): ReadonlySet<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const inside = insideBase64(bytes, offset);
    return [inside, inside.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = bytes.toString('hex');
  const all = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    url,
    url.replaceAll('%20', '+'),
    ...base64,
    hex,
    hex.toUpperCase(),
  ];
  return new Set(all.filter((spelling) => spelling.length >= shortest));
}

/** The characters of base64 that the bytes alone decide when `offset` others stand before them. */
function insideBase64(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}
