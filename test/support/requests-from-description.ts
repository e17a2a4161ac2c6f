import fc from 'fast-check';

/*
 * Requests as the OpenAPI document allows them, and others that are wrong in one place. A text
 * `live:N:KIND` means the id of something that exists when the request is sent.
 */

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface DescribedOperation {
  readonly operationId: string;
  readonly 'x-roles'?: readonly string[];
  readonly 'x-scope': string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: JsonSchema }>> };
}

export interface GeneratedRequest {
  readonly operationId: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A merge patch has fields of what it changes; the document cannot say which. */
const patched: Readonly<Record<string, string>> = {
  SessionPatch: 'NewSession',
  IntegrationPatch: 'NewIntegration',
  IdentityProviderPatch: 'NewIdentityProvider',
};

const kindOfId: Readonly<Record<string, string>> = {
  sessionId: 'sessions',
  parentSessionId: 'sessions',
  integrationId: 'integrations',
  idpId: 'idps',
};

/** Requests of the operations of `description` whose operationId `isWanted`. */
export function requestsOf(
  description: Description,
  isWanted: (operationId: string) => boolean,
): fc.Arbitrary<GeneratedRequest> {
  const { valueOf } = new SchemaValues(description.components.schemas);
  return fc.oneof(
    ...Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { operationId }]) => isWanted(operationId))
        .map(([method, operation]) => requestOf(operation, method, path, valueOf)),
    ),
  );
}

type ValueOf = (schema: JsonSchema, name?: string) => fc.Arbitrary<unknown>;

function requestOf(
  operation: DescribedOperation,
  method: string,
  pattern: string,
  valueOf: ValueOf,
): fc.Arbitrary<GeneratedRequest> {
  const { operationId, parameters = [], requestBody } = operation;
  const fields = (where: string, wrong: fc.Arbitrary<string>) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === where)
          .map(({ name, schema }) => [
            name,
            rarely(
              wrong,
              valueOf(schema, name).map((value) => textOf(value)),
            ),
          ]),
      ),
      {
        requiredKeys: parameters
          .filter((one) => one.in === where && one.required === true)
          .map(({ name }) => name),
      },
    );
  const [, kind = ''] = /\/(\w+)\/\{id\}/.exec(pattern) ?? [];
  // A dot alone would make another path.
  const anyId = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !/^\.+$/.test(text));
  const id = rarely(anyId, live(kind));
  const [mediaType = 'application/json'] = Object.keys(requestBody?.content ?? {});
  const schema = requestBody?.content[mediaType]?.schema;
  const body = schema === undefined ? fc.constant(undefined) : bodyOf(valueOf(schema));
  return fc
    .tuple(
      id,
      fields('query', fc.string()),
      rarely(fc.constant({ unknown: '1' }), fc.constant({})),
      fields('header', printable),
      body,
    )
    .map(([ofPath, query, more, headers, text]) => {
      const asked = new URLSearchParams({ ...query, ...more } as Record<string, string>).toString();
      return {
        operationId,
        method: method.toUpperCase(),
        path:
          pattern.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
            encodeURIComponent(name === 'id' ? ofPath.toWellFormed() : `live:0:${name}`),
          ) + (asked === '' ? '' : `?${asked}`),
        headers: {
          ...(headers as Record<string, string>),
          ...(text === undefined ? {} : { 'content-type': mediaType }),
        },
        ...(text === undefined ? {} : { body: text }),
      };
    });
}

const printable = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);

/** JSON as described; sometimes with another value in one place, sometimes not even JSON. */
function bodyOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const right = value.map((one) => JSON.stringify(one));
  const spoilt = fc.tuple(value, fc.nat(), fc.jsonValue()).map(([one, at, other]) => {
    const names = typeof one === 'object' && one !== null ? Object.keys(one) : [];
    const name = names[at % Math.max(names.length, 1)];
    return JSON.stringify(name === undefined ? other : { ...(one as object), [name]: other });
  });
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 3, arbitrary: spoilt }, fc.string());
}

/** `usual`, one time in five `rare`. */
function rarely<T, U>(rare: fc.Arbitrary<T>, usual: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight: 1, arbitrary: rare }, { weight: 4, arbitrary: usual });
}

function live(kind: string): fc.Arbitrary<string> {
  return fc.nat({ max: 99 }).map((at) => `live:${at}:${kind}`);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Values that fit schemas. */
class SchemaValues {
  readonly #schemas: Readonly<Record<string, JsonSchema>>;
  readonly #known = new Map<string, fc.Arbitrary<unknown>>();

  constructor(schemas: Readonly<Record<string, JsonSchema>>) {
    this.#schemas = schemas;
  }

  readonly valueOf: ValueOf = (schema, name = '') => {
    if (schema.$ref !== undefined) return this.#referred(schema.$ref.split('/').at(-1) ?? '');
    const kind = kindOfId[name];
    const plain = this.#plain(schema);
    return kind === undefined ? plain : rarely(plain, live(kind));
  };

  #referred(name: string): fc.Arbitrary<unknown> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const origin = patched[name];
    const made =
      origin === undefined
        ? this.valueOf(this.#schemas[name] ?? {})
        : this.valueOf({ $ref: `#/${origin}` }).chain(patchOf);
    this.#known.set(name, made);
    return made;
  }

  #plain(schema: JsonSchema): fc.Arbitrary<unknown> {
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices !== undefined) return fc.oneof(...choices.map((one) => this.valueOf(one)));
    if (schema.allOf !== undefined) {
      return fc
        .tuple(...schema.allOf.map((one) => this.valueOf(one)))
        .map((parts) => Object.assign({}, ...parts) as object);
    }
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const types = [schema.type ?? 'any'].flat();
    return fc.oneof(...types.map((type) => this.#ofType(type, schema)));
  }

  #ofType(type: string, schema: JsonSchema): fc.Arbitrary<unknown> {
    switch (type) {
      case 'string':
        return textFor(schema);
      case 'integer':
      case 'number':
        return fc.integer({
          min: Math.max(schema.minimum ?? -1000, -(2 ** 31)),
          max: Math.min(schema.maximum ?? 100_000, 2 ** 31 - 1),
        });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(this.valueOf(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 3, Math.max(schema.minItems ?? 0, 3)),
        });
      case 'object':
        return this.#object(schema);
      default:
        return fc.jsonValue();
    }
  }

  #object({ properties = {}, required = [], additionalProperties }: JsonSchema) {
    const own = fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [name, this.valueOf(one, name)]),
      ),
      { requiredKeys: [...required] },
    );
    if (typeof additionalProperties !== 'object') return own;
    return fc
      .tuple(fc.dictionary(fc.string(), this.valueOf(additionalProperties), { maxKeys: 3 }), own)
      .map(([more, named]) => ({ ...more, ...named }));
  }
}

/** Some of its fields, some of them removed. */
function patchOf(whole: unknown): fc.Arbitrary<object> {
  const fields = Object.entries(whole as object) as [string, unknown][];
  return fc
    .subarray(fields)
    .chain((some) =>
      fc
        .tuple(...some.map(([, value]) => rarely(fc.constant(null), fc.constant(value))))
        .map((values) => Object.fromEntries(some.map(([name], at) => [name, values[at]]))),
    );
}

function textFor({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema) {
  if (format === 'uuid') return fc.uuid();
  if (format === 'uri') return fc.webUrl();
  if (format === 'date-time') {
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  if (pattern === undefined) {
    return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
  }
  return fc
    .stringMatching(new RegExp(pattern), { size: 'small' })
    .filter((text) => text.length >= minLength && text.length <= maxLength);
}
