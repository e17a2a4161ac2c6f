import type { SessionSecrets } from '../../models/session-fields.ts';
import { askUntilAnswered } from '../terminal/ask.ts';
import { CommandFailure } from '../failure.ts';
import { isInteractive, type Shell } from '../terminal/shell.ts';

/**
 * Access keys of an IAM user: from the environment, or typed hidden at the terminal. Throws
 * CommandFailure 'personNeeded' if there is neither.
 */
export async function accessKeys(shell: Shell): Promise<SessionSecrets> {
  const { STINT_ACCESS_KEY_ID: id, STINT_SECRET_ACCESS_KEY: secret } = shell.env;
  if (id && secret) return { accessKeyId: id, secretAccessKey: secret };
  if (id || secret) {
    throw new CommandFailure(
      'usage',
      'Only one of STINT_ACCESS_KEY_ID and STINT_SECRET_ACCESS_KEY is set.',
      'Set both, or none of them to be asked.',
    );
  }
  if (!isInteractive(shell)) {
    throw new CommandFailure(
      'personNeeded',
      'The access keys are missing, and there is no terminal to ask for them.',
      'Set STINT_ACCESS_KEY_ID and STINT_SECRET_ACCESS_KEY, or pipe a session with its `secrets` ' +
        'into: stint session add --from-json -',
    );
  }
  return {
    accessKeyId: await askUntilAnswered(shell, 'Access key id', { hidden: true }),
    secretAccessKey: await askUntilAnswered(shell, 'Secret access key', { hidden: true }),
  };
}
