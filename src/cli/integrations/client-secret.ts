import { askUntilAnswered } from '../terminal/ask.ts';
import { CommandFailure } from '../failure.ts';
import { isInteractive, type Shell } from '../terminal/shell.ts';

/**
 * The secret of an Azure application: from the environment, or typed hidden at the terminal. Throws
 * CommandFailure 'personNeeded' if there is neither.
 */
export async function clientSecret(shell: Shell): Promise<string> {
  const { STINT_CLIENT_SECRET: secret } = shell.env;
  if (secret) return secret;
  if (isInteractive(shell)) return await askUntilAnswered(shell, 'Client secret', { hidden: true });
  throw new CommandFailure(
    'personNeeded',
    'The client secret is missing, and there is no terminal to ask for it.',
    'Set STINT_CLIENT_SECRET.',
  );
}
