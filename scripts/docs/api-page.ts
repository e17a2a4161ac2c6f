import * as z from 'zod';

/*
 * docs/api.md, made from the OpenAPI description: each route with its scope, body, answers and an
 * example, then each schema with its fields.
 */

interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly format?: string | undefined;
  readonly description?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Schema | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly default?: unknown;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    description: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    oneOf: z.array(schema).optional(),
    anyOf: z.array(schema).optional(),
    allOf: z.array(schema).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxLength: z.number().optional(),
    maxItems: z.number().optional(),
    default: z.unknown().optional(),
  }),
);

const content = z.record(z.string(), z.object({ schema: schema.optional() })).optional();

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  tags: z.array(z.string()),
  'x-scope': z.string(),
  'x-roles': z.array(z.string()).optional(),
  'x-codeSamples': z.array(z.object({ source: z.string() })),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: schema.optional(),
      }),
    )
    .optional(),
  requestBody: z.object({ content, required: z.boolean().optional() }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      content,
      'x-problems': z.array(z.string()).optional(),
    }),
  ),
});
type Operation = z.infer<typeof operation>;

const description = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

interface Route {
  readonly name: string;
  readonly operation: Operation;
}

/** The page for `document`, an OpenAPI 3.1 description. Throws ZodError where it lacks a part. */
export function apiPage(document: unknown): string {
  const { info, paths, components } = description.parse(document);
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, one]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation: one,
    })),
  );
  const tags = [...new Set(routes.flatMap(({ operation: { tags: own } }) => own))];
  return [
    '# API reference',
    '',
    '<!-- Made from openapi.json by `npm run openapi`. -->',
    '',
    info.description,
    '',
    'The [guide](guide.md#the-api) says how to connect and authenticate, [problems.md](problems.md) what each',
    'problem means.',
    '',
    ...tags.map((tag) => `- [${title(tag)}](#${anchor(title(tag))})`),
    '- [Schemas](#schemas)',
    '',
    ...tags.flatMap((tag) => [
      `## ${title(tag)}`,
      '',
      ...routes.filter((one) => one.operation.tags[0] === tag).flatMap(routeLines),
    ]),
    '## Schemas',
    '',
    ...Object.entries(components.schemas).flatMap(([name, one]) => schemaLines(name, one)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function routeLines({ name, operation: one }: Route): readonly string[] {
  const roles = one['x-roles'];
  const only = roles === undefined ? '' : `, role ${roles.join(' or ')} only`;
  const body = Object.values(one.requestBody?.content ?? {})[0]?.schema;
  return [
    `### ${name}`,
    '',
    `${sentence(one.summary)}${one.description === undefined ? '' : ` ${one.description}`}`,
    '',
    `- **Scope:** ${one['x-scope'] === 'open' ? 'none needed' : code(one['x-scope'])}${only}`,
    ...(body === undefined ? [] : [`- **Body:** ${typeText(body)}`]),
    ...(one.parameters ?? []).map(
      ({ name: field, in: where, required, description: text, schema: type }) =>
        `- **${where === 'path' ? 'Path' : where === 'query' ? 'Query' : 'Header'}:** ` +
        [code(field), typeText(type ?? {}), ...(required === true ? ['required'] : [])].join(', ') +
        (text === undefined ? '' : `: ${text}`),
    ),
    ...Object.entries(one.responses).flatMap(([status, answer]) => answerLines(status, answer)),
    '',
    ...one['x-codeSamples'].flatMap(({ source }) => ['```sh', source, '```', '']),
  ];
}

function answerLines(status: string, answer: Operation['responses'][string]): readonly string[] {
  const problems = answer['x-problems'];
  if (problems !== undefined) {
    return [`- **${status}:** ${problems.map(code).join(', ')}`];
  }
  const body = Object.values(answer.content ?? {})[0]?.schema;
  const type = body === undefined ? '' : ` (${typeText(body)})`;
  return [`- **${status}:** ${answer.description}${type}`];
}

function schemaLines(name: string, one: Schema): readonly string[] {
  const merged = flattened(one);
  const fields = Object.entries(merged.properties ?? {});
  return [
    `### ${name}`,
    '',
    ...(one.description === undefined ? [] : [sentence(one.description), '']),
    ...(fields.length === 0
      ? [typeText(one), '']
      : [
          '| field | type | |',
          '|---|---|---|',
          ...fields.map(([field, type]) => {
            const needed = merged.required?.includes(field) === true ? '' : ', optional';
            return `| ${code(field)} | ${cell(typeText(type) + needed)} | ${cell(type.description ?? '')} |`;
          }),
          '',
        ]),
  ];
}

/** Its own fields with those of the parts of an `allOf`. */
function flattened({ properties, required, allOf = [] }: Schema): Schema {
  const parts = allOf.map(flattened);
  return {
    properties: Object.assign({}, ...parts.map((part) => part.properties), properties) as Record<
      string,
      Schema
    >,
    required: [...parts.flatMap((part) => part.required ?? []), ...(required ?? [])],
  };
}

function typeText(one: Schema): string {
  const { $ref, oneOf, anyOf, allOf, items, additionalProperties: others } = one;
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? '';
    return `[${name}](#${anchor(name)})`;
  }
  const choices = oneOf ?? anyOf;
  if (choices !== undefined) return choices.map(typeText).join(' or ');
  if (allOf !== undefined) return allOf.map(typeText).join(' and ');
  if (one.enum !== undefined)
    return one.enum.map((value) => code(JSON.stringify(value))).join(' or ');
  if (one.const !== undefined) return code(JSON.stringify(one.const));
  if (items !== undefined) return `list of ${typeText(items)}${most(one.maxItems, 'entries')}`;
  if (typeof others === 'object') return `object of ${typeText(others)}`;
  const types = (one.type === undefined ? ['any'] : [one.type]).flat();
  return [
    types.join(' or ') + (one.format === undefined ? '' : ` (${one.format})`),
    ...limits(one),
  ].join(', ');
}

function limits({ minimum, maximum, maxLength, default: preset }: Schema): readonly string[] {
  const largest = Number.MAX_SAFE_INTEGER;
  return [
    ...(minimum === undefined || minimum === -largest ? [] : [`at least ${String(minimum)}`]),
    ...(maximum === undefined || maximum === largest ? [] : [`at most ${String(maximum)}`]),
    ...(maxLength === undefined ? [] : [`up to ${String(maxLength)} characters`]),
    ...(preset === undefined ? [] : [`default ${code(JSON.stringify(preset))}`]),
  ];
}

function most(count: number | undefined, what: string): string {
  return count === undefined ? '' : `, up to ${String(count)} ${what}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** Apart from the name of every schema, so that each heading has its own anchor. */
function title(tag: string): string {
  const text = tag.replaceAll('-', ' ').replace(/^sdk\b/, 'SDK');
  return `${text.charAt(0).toUpperCase() + text.slice(1)} routes`;
}

/** As GitHub makes them. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(' ', '-')
    .replaceAll(/[^\w-]/g, '');
}
