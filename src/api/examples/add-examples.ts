import { curlCommand } from './curl-command.ts';
import { bodyWithExampleValues, withExampleValues, type Example } from './example.ts';
import { examples } from './examples.ts';

interface Operation {
  readonly operationId: string;
  readonly 'x-scope': string;
  parameters?: { readonly name: string; readonly in: string; example?: string }[];
  readonly requestBody?: { readonly content: Record<string, { example?: unknown }> };
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  /** As documentation pages of OpenAPI show them (Redocly, "x-codeSamples"). */
  'x-codeSamples'?: readonly { lang: string; label: string; source: string }[];
}

/**
 * Adds to each operation of `paths` an example: of its parameters, of its body, and as a command.
 * Throws for an operation without one, and for an example of no operation.
 */
export function addExamples(paths: object): void {
  const unused = new Set(Object.keys(examples));
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods as Record<string, Operation>)) {
      const { operationId } = operation;
      const example = examples[operationId];
      if (example === undefined) throw new Error(`${operationId} has no example.`);
      unused.delete(operationId);
      addExample(operation, example, { method: method.toUpperCase(), path });
    }
  }
  if (unused.size > 0) throw new Error(`There is no operation ${[...unused].join(', ')}.`);
}

function addExample(
  operation: Operation,
  example: Example,
  route: { readonly method: string; readonly path: string },
): void {
  const [mediaType] = Object.keys(operation.requestBody?.content ?? {});
  const given: Readonly<Record<string, Example['query']>> = {
    path: example.path,
    query: example.query,
    header: example.headers,
  };
  for (const parameter of operation.parameters ?? []) {
    const { name, in: where } = parameter;
    const value = Object.entries(given[where] ?? {}).find(
      ([of]) => of === name || (where === 'header' && of.toLowerCase() === name.toLowerCase()),
    )?.[1];
    if (value !== undefined) parameter.example = withExampleValues(value);
  }
  if (example.body !== undefined) {
    for (const content of Object.values(operation.requestBody?.content ?? {})) {
      content.example = bodyWithExampleValues(example.body);
    }
  }
  const source = curlCommand(
    {
      ...route,
      mediaType,
      takesClientToken: !['open', 'lease'].includes(operation['x-scope']),
      streams: 'text/event-stream' in (operation.responses['200']?.content ?? {}),
    },
    example,
  );
  operation['x-codeSamples'] = [{ lang: 'Shell', label: 'curl', source }];
}
