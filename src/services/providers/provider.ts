import type { AwsCredentials } from '../../models/credentials.ts';
import type { Question } from '../prompts/prompt-desk.ts';

/** Credentials with the lifetime they were granted with, in seconds: the renewal margin is fixed by it. */
export interface IssuedCredentials {
  readonly credentials: AwsCredentials;
  readonly grantedSeconds: number;
}

export interface ProviderRequest<S> {
  /** The session's fields in force for the run. */
  readonly session: S;
  /** True for a rotation: what is kept of the session itself must not be used again. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  /** Asks a person; see PromptDesk.ask for what it throws. */
  readonly ask: (question: Omit<Question, 'sessionId' | 'deadline'>) => Promise<string>;
}

/**
 * Obtains credentials for one session type. Throws Problem for what a person can act on
 * (`secret-missing`, `cloud-refused`, `cloud-unreachable`, `vault-locked`, `prompt-expired`),
 * PromptCancelled, or the signal's reason.
 */
export interface CredentialProvider<S> {
  obtain(request: ProviderRequest<S>): Promise<IssuedCredentials>;
  /** Whether a rotation can be done with nobody there. */
  unattended(session: S): boolean;
  /** Drops sign-in material kept for the next start. */
  forget(sessionId: string): Promise<void>;
}
