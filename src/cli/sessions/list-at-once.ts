import { createClient } from '../../client/client.ts';
import { OwnerFailure } from '../../client/node/owner-failure.ts';
import { ownerLocation } from '../../client/node/owner-location.ts';
import { Problem } from '../../models/problem.ts';
import { CommandFailure } from '../failure.ts';
import { plainTransport } from '../owner/socket-get.ts';
import { endWithReader } from '../terminal/ended-reader.ts';
import { listSessions, type ListFlags } from './list-sessions.ts';
import { listedFields } from './session-text.ts';

/*
 * A list of thousands of sessions is there sooner than the other commands and an HTTP library are loaded.
 * So this is a bundle for itself, for an owner that runs and answers.
 */

const switches = new Map<string, ListFlags>([
  ['--active', { active: true }],
  ['--archived', { archived: true }],
  ['--hidden', { hidden: true }],
  ['--csv', { csv: true }],
  ['--json', { json: true }],
]);

/** What `stint session list` is given, or undefined for what needs more to be read. */
export function switchesOf(words: readonly string[]): ListFlags | undefined {
  const known = words.map((word) => switches.get(word)).filter((one) => one !== undefined);
  return known.length === words.length
    ? known.reduce((flags, one) => ({ ...flags, ...one }), {})
    : undefined;
}

/**
 * Prints the list, and resolves with whether it did. Otherwise nothing was printed: the command in
 * commands/session/list.ts starts an owner, or says what is wrong. `words`: after `session list`.
 */
export async function listAtOnce(
  env: NodeJS.ProcessEnv,
  words: readonly string[],
): Promise<boolean> {
  const flags = switchesOf(words);
  if (flags === undefined) return false;
  endWithReader();
  try {
    const location = ownerLocation(env);
    const token = location.token();
    const transport = plainTransport(location.socket());
    const owner = createClient({ transport, token: () => token });
    const { stdout, stderr } = process;
    // An owner of an earlier version refuses `fields`; the other command asks for whole sessions.
    const fields = flags.json === true ? undefined : listedFields;
    await listSessions(owner, { env, stdout, stderr }, flags, fields);
    return true;
  } catch (error) {
    const isSaidElsewhere = [CommandFailure, OwnerFailure, Problem].some(
      (kind) => error instanceof kind,
    );
    if (isSaidElsewhere) return false;
    throw error;
  }
}
