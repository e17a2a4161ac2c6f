import { Problem } from '../../../models/problem.ts';
import { processLine } from '../../../models/process-line.ts';
import { toLatin1 } from './file/latin1.ts';

/**
 * Writes the value of `credential_process` for a session, in latin1: absolute paths and ids, nothing
 * secret. `command`: what prints credentials for an id. `home`: Stint's, where it is not the usual
 * one. The function throws Problem 'invalid-request' where not every SDK could read the line.
 */
export function processCommand({
  command,
  home,
  platform,
}: {
  readonly command: readonly string[];
  readonly home: string | undefined;
  readonly platform: NodeJS.Platform;
}): (sessionId: string) => string {
  const atHome = home === undefined ? [] : ['--home', home];
  return (sessionId) => {
    const line = processLine([...command, sessionId, ...atHome], platform === 'win32');
    if (line !== undefined) return toLatin1(line);
    throw new Problem('invalid-request', {
      detail: `The profile would run ${[...command, ...atHome].join(' ')}, a path that not every SDK can read in a config file.`,
      next: `Move Stint or its home (STINT_HOME) to a folder without quotes and special characters, or choose another delivery: stint session edit ${sessionId} --delivery endpoint-only`,
      sessionId,
    });
  };
}
