import { CommandFailure } from '../failure.ts';

/** The port in `--port`, to spread into options. Throws CommandFailure 'usage'. */
export function portOf(text: string | undefined): { readonly port?: number } {
  if (text === undefined) return {};
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return { port };
  throw new CommandFailure('usage', '--port must be a number from 0 to 65535.');
}
