import crossSpawn from 'cross-spawn';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import type { ProviderRequest } from './provider.ts';

/** How long the program may take, in milliseconds: it may wait for a touch of a security key. */
const patience = 60_000;

/** Longest output read, in characters; a code has six. */
const longestOutput = 1024;

const confirmedName = (sessionId: string) => `aws-iam-user/${sessionId}/mfa-command`;

/** The code a session's own program prints, or why it printed none; undefined if it has no program. */
export type CommandedCode = { readonly code: string } | { readonly failure: string } | undefined;

/**
 * Runs a session's `mfaCommand` for a code. The command is code that somebody put into the session,
 * so a person confirms it before its first run, and again after each change.
 */
export interface MfaCommands {
  code(request: ProviderRequest<AwsIamUserSession>): Promise<CommandedCode>;
  /** Forgets what was confirmed. */
  forget(sessionId: string): Promise<void>;
}

/** The confirmation is kept in the vault: any program can edit the workspace. */
export function createMfaCommands(secrets: SecretStore): MfaCommands {
  return {
    async code(request) {
      const { sessionId, mfaCommand } = request.session;
      if (mfaCommand === undefined) return undefined;
      const asWritten = JSON.stringify(mfaCommand);
      if ((await secrets.get(confirmedName(sessionId))) !== asWritten) {
        if (!(await isConfirmed(request, asWritten))) return { failure: 'it was not allowed' };
        await secrets.set(confirmedName(sessionId), asWritten);
      }
      return await run(mfaCommand, request.signal);
    },
    forget: (sessionId) => secrets.delete(confirmedName(sessionId)),
  };
}

async function isConfirmed(
  { session, ask }: ProviderRequest<AwsIamUserSession>,
  asWritten: string,
): Promise<boolean> {
  const answer = await ask({
    kind: 'confirm',
    text: `May Stint run this program for the MFA codes of ${session.sessionName}? ${asWritten} (yes or no)`,
  });
  return /^y(es)?$/i.test(answer.trim());
}

/** Without a shell, and with none of Stint's own variables. */
async function run(command: readonly string[], signal: AbortSignal): Promise<CommandedCode> {
  const [program = '', ...args] = command;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('STINT_')),
  );
  return await new Promise((resolve, reject) => {
    let printed = '';
    // On Windows it finds `.cmd` files, and quotes for the interpreter that runs them.
    const child = crossSpawn(program, args, {
      env,
      signal,
      timeout: patience,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(0, longestOutput);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(signal.reason as Error);
      else if (error.code === 'ENOENT') resolve({ failure: 'the program was not found' });
      else resolve({ failure: 'it could not be run' });
    });
    child.once('close', (exitCode, killedBy) => {
      const code = printed.trim();
      if (signal.aborted) reject(signal.reason as Error);
      else if (killedBy !== null) resolve({ failure: failureOf(child.killed) });
      else if (exitCode !== 0) resolve({ failure: `it ended with exit code ${exitCode ?? ''}` });
      else if (/^\d{6}$/.test(code)) resolve({ code });
      else resolve({ failure: 'it did not print six digits' });
    });
  });
}

/** Never the program's own words, which may hold the code or a password. */
function failureOf(timedOut: boolean): string {
  return timedOut ? `it did not end within ${patience / 1000} s` : 'a signal ended it';
}
