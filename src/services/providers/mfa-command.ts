import { execFile } from 'node:child_process';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import type { ProviderRequest } from './provider.ts';

/** How long the program may take, in milliseconds: it may wait for a touch of a security key. */
const patience = 60_000;

const confirmedName = (sessionId: string) => `aws-iam-user/${sessionId}/mfa-command`;

/** The code a session's own program prints, or why there is none; undefined where it has no program. */
export type CommandedCode = { readonly code: string } | { readonly failure: string } | undefined;

/**
 * Runs a session's `mfaCommand` for a code. It is code that somebody put into the session, so a
 * person confirms it before its first run, and again after each change.
 */
export interface MfaCommands {
  code(request: ProviderRequest<AwsIamUserSession>): Promise<CommandedCode>;
  /** Forgets what was confirmed. */
  forget(sessionId: string): Promise<void>;
}

/** What was confirmed is kept in the vault: the workspace can be edited by any program. */
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
    execFile(program, args, { env, signal, timeout: patience }, (error, stdout) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const code = stdout.trim();
      if (error !== null) resolve({ failure: failureOf(error) });
      else if (/^\d{6}$/.test(code)) resolve({ code });
      else resolve({ failure: 'it did not print six digits' });
    });
  });
}

/** Never the program's own words, which may hold the code or a password. */
function failureOf(error: Error & { readonly code?: unknown; readonly killed?: unknown }): string {
  if (error.code === 'ENOENT') return 'there is no such program';
  if (error.killed === true) return `it did not end within ${patience / 1000} s`;
  return typeof error.code === 'number' ? `it ended with ${error.code}` : 'it could not be run';
}
