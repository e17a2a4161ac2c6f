import type { Example } from './example.ts';

/** Which request an example is for, as its route says. */
export interface ExampleRoute {
  readonly method: string;
  /** With parameters in braces, such as `/v1/sessions/{id}`. */
  readonly path: string;
  readonly takesClientToken: boolean;
  /** The media type of the body. */
  readonly mediaType?: string | undefined;
  /** Whether the answer continues until the client ends it. */
  readonly streams: boolean;
}

/**
 * `example` as a command for a POSIX shell. It reads the agent's socket and the client token from the
 * variables SOCKET and TOKEN.
 */
export function curlCommand(route: ExampleRoute, example: Example): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = example.path?.[name];
    if (value === undefined) throw new Error(`The example of ${route.path} lacks {${name}}.`);
    return value;
  });
  const query = Object.entries(example.query ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const headers = {
    ...(route.takesClientToken ? { Authorization: 'Bearer $TOKEN' } : {}),
    ...example.headers,
    ...(example.body === undefined ? {} : { 'Content-Type': route.mediaType ?? '' }),
  };
  return [
    [
      'curl --unix-socket "$SOCKET"',
      ...(route.streams ? ['--no-buffer'] : []),
      ...(route.method === 'GET' ? [] : [`-X ${route.method}`]),
    ].join(' '),
    ...Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(example.body === undefined ? [] : [`-d ${bodyWord(example.body)}`]),
    shellWord(`http://stint${path}${query === '' ? '' : `?${query}`}`),
  ].join(' \\\n  ');
}

/** In quotation marks between which the shell replaces variables, if there are any. */
function shellWord(text: string): string {
  return text.includes('$') ? `"${text}"` : `'${text}'`;
}

/** The JSON in single quotes, with each variable outside of them. */
function bodyWord(body: object): string {
  const text = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  return `'${text.replaceAll(/"\$([A-Z_]+)"/g, `"'"$$$1"'"`)}'`;
}
