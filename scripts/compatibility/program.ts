import { join } from 'node:path';

/** The path of one of the small programs that ask through an SDK. */
export function program(file: string): string {
  return join(import.meta.dirname, 'programs', file);
}
