import { OwnerFailure } from '../../client/node/owner-failure.ts';
import { ownerLocation } from '../../client/node/owner-location.ts';
import { CommandFailure } from '../failure.ts';
import { whoAmI, type Form, type Said } from './who-am-i.ts';

const forms: Readonly<Record<string, Form>> = {
  whoami: 'words',
  'whoami --short': 'short',
  'whoami --json': 'json',
};

/** What the command says, or undefined for the one in commands/whoami.ts, such as its help. */
export async function whoAmIAtOnce(
  env: NodeJS.ProcessEnv,
  argv: readonly string[],
): Promise<Said | undefined> {
  const form = forms[argv.join(' ')];
  if (form === undefined) return undefined;
  try {
    return await whoAmI(env, ownerLocation(env), form);
  } catch (error) {
    // It is reported where all failures are.
    if (error instanceof CommandFailure || error instanceof OwnerFailure) return undefined;
    throw error;
  }
}
