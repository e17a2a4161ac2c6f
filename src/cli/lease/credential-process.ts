import { processLine } from '../../models/process-line.ts';
import { CommandFailure } from '../failure.ts';
import { ownProgram } from '../owner/own-program.ts';
import type { SessionView } from '../owner/owner-client.ts';

/**
 * The value of `credential_process` that runs `stint credentials` with these words, in bytes as latin1.
 * Throws CommandFailure 'failed' for a path that not every SDK would read alike.
 */
export function credentialProcess(
  words: readonly string[],
  program: readonly string[] = ownProgram,
  platform: NodeJS.Platform = process.platform,
): string {
  const line = processLine([...program, 'credentials', ...words], platform === 'win32');
  if (line !== undefined) return Buffer.from(line).toString('latin1');
  throw new CommandFailure(
    'failed',
    `Stint is in a folder whose name not every SDK can read in a config file: ${program.join(' ')}`,
    'Use stint exec without --process, or move Stint to another folder.',
  );
}

/** Throws CommandFailure 'usage'. */
export function requireAws({ type, sessionName }: SessionView): void {
  if (type !== 'azure') return;
  throw new CommandFailure(
    'usage',
    `${sessionName} is an Azure session, and Azure has no credential_process.`,
    'Omit --process.',
  );
}
