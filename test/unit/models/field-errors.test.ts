import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldErrors, fieldErrorsText } from '../../../src/models/field-errors.ts';
import { identityProviderFieldsSchema } from '../../../src/models/identity-provider.ts';
import {
  integrationFieldsSchema,
  integrationSecretsSchema,
} from '../../../src/models/integration.ts';
import { leaseProcessSchema } from '../../../src/models/lease.ts';
import { promptAnswerSchema } from '../../../src/models/prompt.ts';
import { sessionFieldsSchema, sessionSecretsSchema } from '../../../src/models/session-fields.ts';
import { settingsPatchSchema } from '../../../src/models/settings.ts';
import { tokenRequestSchema } from '../../../src/models/token.ts';

function errorsOf(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value);
  return error === undefined ? [] : fieldErrors(error, value);
}

describe('a wrong value', () => {
  it.each<readonly [string, z.ZodType, unknown, string]>([
    ['missing', z.string(), undefined, 'is required'],
    ['missing', z.enum(['a', 'b']), undefined, 'is required'],
    ['wrong-type', z.string(), 5, 'must be text, not a number'],
    ['wrong-type', z.string(), null, 'must be text, not null'],
    ['wrong-type', z.boolean(), 'yes', 'must be true or false, not text'],
    ['wrong-type', z.int(), 1.5, 'must be a whole number'],
    ['wrong-type', z.coerce.number(), 'abc', 'must be a number, not text'],
    ['wrong-type', z.array(z.string()), 'a', 'must be a list, not text'],
    ['wrong-type', z.record(z.string(), z.string()), [], 'must be a JSON object, not a list'],
    ['too-short', z.string().min(1), '', 'must not be empty'],
    ['too-short', z.string().min(2), 'a', 'must have at least 2 characters'],
    ['too-long', z.string().max(3), 'abcd', 'must have at most 3 characters'],
    ['too-few', z.array(z.string()).min(1), [], 'must have at least 1 entry'],
    ['too-many', z.array(z.string()).max(2), ['a', 'b', 'c'], 'must have at most 2 entries'],
    ['too-small', z.int().min(1), 0, 'must be at least 1'],
    ['too-large', z.int().max(500), 501, 'must be at most 500'],
    ['not-an-option', z.enum(['a', 'b', 'c']), 'd', 'must be a, b or c'],
    ['not-an-option', z.literal(true), false, 'must be true'],
    ['malformed', z.uuid(), 'x', 'must be a UUID, such as 4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b'],
    ['malformed', z.url(), 'x', 'must be a complete URL, such as https://example.com'],
    ['malformed', z.email(), 'x', 'must be an e-mail address'],
    ['malformed', z.iso.datetime(), 'x', 'must be a UTC time, such as 2026-01-31T09:00:00Z'],
    ['malformed', z.string().regex(/^a/, 'must begin with a'), 'b', 'must begin with a'],
    ['invalid', z.string().refine((text) => text === 'a', 'must be a'), 'b', 'must be a'],
  ])('is %s: %o', (code, schema, value, message) => {
    expect(errorsOf(z.object({ it: schema }), { it: value })).toMatchObject([
      { field: 'it', code, message },
    ]);
  });

  it('of a field that counts seconds names the limit as a duration, and gives it in seconds', () => {
    const schema = z.object({ roleSeconds: z.int().min(900).max(43_200) });
    expect(errorsOf(schema, { roleSeconds: 60 })).toEqual([
      {
        field: 'roleSeconds',
        code: 'too-small',
        message: 'must be at least 15 min',
        minimum: 900,
        unit: 'seconds',
      },
    ]);
    expect(errorsOf(schema, { roleSeconds: 50_000 })).toMatchObject([
      { message: 'must be at most 12 h', maximum: 43_200, unit: 'seconds' },
    ]);
  });

  it('inside a list or a map is named by its path', () => {
    const schema = z.object({
      labels: z.array(z.string().max(2)),
      tags: z.record(z.string().max(2), z.string()),
    });
    expect(errorsOf(schema, { labels: ['ok', 'long'], tags: { long: 'x' } })).toMatchObject([
      { field: 'labels.1', message: 'must have at most 2 characters' },
      { field: 'tags.long', message: 'is a name that must have at most 2 characters' },
    ]);
  });

  it('is reported once, by the first rule it breaks', () => {
    const schema = z.object({ it: z.string().min(3).regex(/^a/, 'must begin with a') });
    expect(errorsOf(schema, { it: 'b' })).toHaveLength(1);
  });
});

it('an unknown field is named itself, not its parent', () => {
  const schema = z.object({ limits: z.strictObject({}) });
  expect(errorsOf(schema, { limits: { maxLeasez: 1 } })).toEqual([
    { field: 'limits.maxLeasez', code: 'unknown-field', message: 'is not a known field' },
  ]);
});

it('a choice of forms is missing, or names the forms', () => {
  const schema = z.discriminatedUnion('type', [
    z.object({ type: z.literal('a') }),
    z.object({ type: z.literal('b') }),
  ]);
  expect(errorsOf(schema, {})).toMatchObject([{ field: 'type', code: 'missing' }]);
  expect(errorsOf(schema, { type: 'c' })).toMatchObject([
    { field: 'type', message: 'must be a or b', choices: ['a', 'b'] },
  ]);
});

it('several fields read as one sentence', () => {
  expect(
    fieldErrorsText([
      { field: 'name', message: 'is required' },
      { field: '', message: 'must be a JSON object' },
    ]),
  ).toBe('name is required; the body must be a JSON object');
});

/** Values that break every kind of rule, whichever the field. */
const hostile: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'x',
  '\u0000',
  'x'.repeat(100_000),
  -1,
  0.5,
  Number.NaN,
  1e20,
  true,
  [],
  [1],
  Array.from({ length: 5000 }, () => 'x'),
  {},
  { x: 1 },
  { ['x'.repeat(1000)]: 'x' },
];

const variants = [
  ...sessionFieldsSchema.options,
  ...integrationFieldsSchema.options,
  identityProviderFieldsSchema,
  settingsPatchSchema,
  tokenRequestSchema,
  sessionSecretsSchema,
];

it.each(variants.map((schema, index) => [index, schema] as const))(
  'no value of any field is answered with a sentence of the validator (schema %i)',
  (_, schema) => {
    for (const name of Object.keys(schema.shape)) {
      for (const value of hostile) {
        for (const { message } of errorsOf(schema, { [name]: value })) {
          expect(message).toMatch(/^(must|is|has|does) /);
          expect(message).not.toMatch(/expected|received|Invalid|Too (big|small)|>=|<=/);
        }
      }
    }
  },
);

it.each([promptAnswerSchema, integrationSecretsSchema, leaseProcessSchema])(
  'no whole value is answered with a sentence of the validator (%#)',
  (schema) => {
    for (const value of hostile) {
      for (const { message } of errorsOf(schema, value)) {
        expect(message).toMatch(/^(must|is|has|does) /);
      }
    }
  },
);
