import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/*
 * Holds answers to openapi.json as it is committed: what a client made from it would rely on.
 */

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>;
  readonly 'x-problems'?: readonly string[];
}

interface Operation {
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly schema: object; readonly example?: unknown }>
    >;
  };
  readonly responses: Readonly<Record<string, Described>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

const description = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
  // A member that is not described must not be answered: it could be anything.
  (_name, value: unknown) =>
    isObjectSchema(value) ? { additionalProperties: false, ...value } : value,
) as Description;

const $defs = JSON.parse(
  JSON.stringify(description.components.schemas).replaceAll('#/components/schemas/', '#/$defs/'),
) as Record<string, never>;

/** Each operation as `METHOD /path/{id}`. */
export const describedOperations: readonly string[] = Object.entries(description.paths).flatMap(
  ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

/** The operation that `method` on `path` is, or undefined where there is none. */
export function operationAt(method: string, path: string): string | undefined {
  const segments = new URL(path, 'http://stint').pathname.split('/');
  const fits = (pattern: readonly string[]) =>
    pattern.length === segments.length &&
    pattern.every((part, at) => part.startsWith('{') || part === segments[at]);
  const named = describedOperations.filter((name) => name.startsWith(`${method} `));
  const exact = named.find((name) => name === `${method} ${segments.join('/')}`);
  return exact ?? named.find((name) => fits(name.slice(method.length + 1).split('/')));
}

/** Each way in which the answer of `operation` is not as described; reads the body of a clone. */
export async function deviations(operation: string, answer: Response): Promise<readonly string[]> {
  const [method = '', path = ''] = operation.split(' ');
  const at = `${operation} ${answer.status}`;
  const described = description.paths[path]?.[method.toLowerCase()]?.responses[answer.status];
  if (described === undefined) return [`${at}: this status is not described`];
  const found = Object.entries(described.headers ?? {})
    .filter(([name, { required }]) => required === true && !answer.headers.has(name))
    .map(([name]) => `${at}: the header ${name} is missing`);
  const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? '';
  const content = described.content?.[mediaType];
  if (described.content !== undefined && content === undefined) {
    return [...found, `${at}: ${mediaType} is not described`];
  }
  // An event stream does not end.
  if (content !== undefined && mediaType.startsWith('text/')) return found;
  const text = await answer.clone().text();
  if (content === undefined) return text === '' ? found : [...found, `${at}: has a body`];
  const body: unknown = JSON.parse(text);
  const checked = schemaOf(content.schema).safeParse(body);
  if (!checked.success) found.push(`${at}: ${z.prettifyError(checked.error)}`);
  // Refusals of the SDK endpoints have the code alone.
  const { type, code: sdkCode } = (body ?? {}) as { type?: unknown; code?: unknown };
  const code = String(sdkCode ?? type).replace('urn:stint:problem:', '');
  const codes = described['x-problems'];
  if (codes !== undefined && !codes.includes(code)) found.push(`${at}: ${code} is not described`);
  return found;
}

/** Each way in which the example of a body of `operation` is not as described. */
export function requestDeviations(operation: string): readonly string[] {
  const [method = '', path = ''] = operation.split(' ');
  const { requestBody } = description.paths[path]?.[method.toLowerCase()] ?? {};
  return Object.entries(requestBody?.content ?? {}).flatMap(([mediaType, { schema, example }]) => {
    const checked = schemaOf(schema).safeParse(example);
    return checked.success ? [] : [`${operation} ${mediaType}: ${z.prettifyError(checked.error)}`];
  });
}

const schemas = new Map<string, z.ZodType>();

function schemaOf(schema: object): z.ZodType {
  const local = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/');
  const known = schemas.get(local);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema({ ...(JSON.parse(local) as object), $defs });
  schemas.set(local, made);
  return made;
}

function isObjectSchema(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { type?: unknown }).type === 'object' &&
    typeof (value as { properties?: unknown }).properties === 'object'
  );
}
