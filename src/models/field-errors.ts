import type { z } from 'zod';
import { durationText } from './duration.ts';
import type { FieldError } from './problem.ts';

/*
 * The one place that words what is wrong with a value. A message continues the name of its field:
 * the API puts `roleSeconds` before it, the command `--role-seconds` and the window “Duration”.
 * Schemas word their own rules (patterns and the like) the same way, in lower case.
 */

type Issue = z.core.$ZodIssue;
type Wording = Omit<FieldError, 'field'>;

/** How many wrong fields are named: a body of thousands must not make an answer of megabytes. */
const mostErrors = 50;

/** A name that the caller chose, at most 128 characters of it. */
function shortened(name: string): string {
  return name.length > 128 ? `${name.slice(0, 127)}…` : name;
}

/** One entry for each field that is wrong. `value`: what was checked; `at`: where it was found. */
export function fieldErrors(
  { issues }: { readonly issues: readonly Issue[] },
  value: unknown,
  at = '',
): readonly FieldError[] {
  const all = issues.flatMap((issue): FieldError[] => {
    const path = [...(at === '' ? [] : [at]), ...issue.path.map((key) => shortened(String(key)))];
    if (issue.code === 'unrecognized_keys') {
      // An unknown field is named itself, not its parent.
      return issue.keys.slice(0, mostErrors).map((key) => ({
        field: [...path, shortened(key)].join('.'),
        code: 'unknown-field',
        message: 'is not a known field',
      }));
    }
    const found = valueAt(issue.path, value);
    const wording = isMissing(issue, found)
      ? { code: 'missing' as const, message: 'is required' }
      : wordingOf(issue, path.at(-1) ?? '', found);
    return [{ field: path.join('.'), ...wording }];
  });
  // The first rule a value breaks says most; those after it often only follow.
  return [...Map.groupBy(all, ({ field }) => field).values()]
    .slice(0, mostErrors)
    .flatMap(([first]) => first ?? []);
}

/**
 * Fields and messages as one sentence without its full stop, such as “name is required; …”.
 * `whole`: how the value itself is called.
 */
export function fieldErrorsText(
  errors: readonly { readonly field: string; readonly message: string }[],
  whole = 'the body',
): string {
  return errors.map(({ field, message }) => `${field || whole} ${message}`).join('; ');
}

/** Zod reports a missing value as one of the wrong type. */
function isMissing({ code }: Issue, found: unknown): boolean {
  return (
    found === undefined &&
    (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union')
  );
}

/** What `path` leads to; null where it leads through something else than an object. */
function valueAt(path: readonly PropertyKey[], value: unknown): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return null;
    found = (found as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return found;
}

/** `found`: the value that breaks the rule. */
function wordingOf(issue: Issue, name: string, found: unknown): Wording {
  const own = ownMessage(issue);
  switch (issue.code) {
    case 'invalid_type':
      return {
        code: 'wrong-type',
        message: own ?? `must be ${typeText(issue.expected)}${insteadText(issue.expected, found)}`,
      };
    case 'invalid_value':
      return oneOf(issue.values.map(String), own);
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? oneOf(issue.options.map(String), own)
        : { code: 'malformed', message: own ?? 'does not have any of the accepted forms' };
    case 'invalid_format':
      return { code: 'malformed', message: own ?? formatText(issue.format) };
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum), name, own);
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum), name, own);
    case 'invalid_key': {
      const inner = issue.issues[0];
      const rule = inner === undefined ? 'is not valid' : wordingOf(inner, '', undefined).message;
      return { code: 'malformed', message: own ?? `is a name that ${rule}` };
    }
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { code: 'invalid', message: own ?? 'is not valid' };
  }
}

/** A schema's own message, told from zod's sentences by its lower case. */
function ownMessage({ message }: Issue): string | undefined {
  return /^\p{Ll}/u.test(message) ? message : undefined;
}

function typeText(expected: string): string {
  switch (expected) {
    case 'string':
      return 'text';
    case 'int':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    default:
      return 'a JSON object';
  }
}

/** What is there instead, where that tells more: never the value. */
function insteadText(expected: string, found: unknown): string {
  const is = found === null ? 'null' : Array.isArray(found) ? 'array' : typeof found;
  const isNumber = is === 'number' && (expected === 'number' || expected === 'int');
  if (isNumber || is === 'undefined' || is === expected) return '';
  return is === 'null' ? ', not null' : `, not ${typeText(is)}`;
}

function oneOf(choices: readonly string[], own: string | undefined): Wording {
  const last = choices.at(-1) ?? '';
  const before = choices.slice(0, -1);
  const list = before.length === 0 ? last : `${before.join(', ')} or ${last}`;
  return { code: 'not-an-option', message: own ?? `must be ${list}`, choices };
}

function formatText(format: string): string {
  switch (format) {
    case 'uuid':
      return 'must be a UUID, such as 4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b';
    case 'url':
      return 'must be a complete URL, such as https://example.com';
    case 'email':
      return 'must be an e-mail address';
    case 'datetime':
      return 'must be a UTC time, such as 2026-01-31T09:00:00Z';
    default:
      return 'has the wrong format';
  }
}

function tooSmall(origin: string, minimum: number, name: string, own: string | undefined): Wording {
  switch (origin) {
    case 'string': {
      const message = minimum === 1 ? 'must not be empty' : atLeast(minimum, 'character');
      return { code: 'too-short', message: own ?? message, minimum, unit: 'characters' };
    }
    case 'array':
      return {
        code: 'too-few',
        message: own ?? atLeast(minimum, 'entry', 'entries'),
        minimum,
        unit: 'entries',
      };
    default: {
      const { text, ...unit } = amount(minimum, name);
      return { code: 'too-small', message: own ?? `must be at least ${text}`, minimum, ...unit };
    }
  }
}

function tooBig(origin: string, maximum: number, name: string, own: string | undefined): Wording {
  switch (origin) {
    case 'string':
      return {
        code: 'too-long',
        message: own ?? atMost(maximum, 'character'),
        maximum,
        unit: 'characters',
      };
    case 'array':
      return {
        code: 'too-many',
        message: own ?? atMost(maximum, 'entry', 'entries'),
        maximum,
        unit: 'entries',
      };
    default: {
      const { text, ...unit } = amount(maximum, name);
      return { code: 'too-large', message: own ?? `must be at most ${text}`, maximum, ...unit };
    }
  }
}

function atLeast(count: number, one: string, many = `${one}s`): string {
  return `must have at least ${count} ${count === 1 ? one : many}`;
}

function atMost(count: number, one: string, many = `${one}s`): string {
  return `must have at most ${count} ${count === 1 ? one : many}`;
}

/** A field that counts seconds says so in its name. */
function amount(count: number, name: string): { readonly text: string; readonly unit?: 'seconds' } {
  return /seconds$/i.test(name) || name === 'expires_in'
    ? { text: durationText(count), unit: 'seconds' }
    : { text: String(count) };
}
