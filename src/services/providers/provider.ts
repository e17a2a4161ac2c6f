import type { AwsAccessKeys, AwsCredentials, Credentials } from '../../models/credentials.ts';
import type { Question } from '../prompts/prompt-service.ts';

/** Credentials with the lifetime they were granted with, in seconds: the renewal margin is fixed by it. */
export interface IssuedCredentials<C extends Credentials = AwsCredentials> {
  readonly credentials: C;
  readonly grantedSeconds: number;
  /** What was asked for in the end, where AWS had refused more; asked for from now on. */
  readonly roleSecondsGranted?: number | undefined;
  /** Fields that a person chose meanwhile: the session keeps them. */
  readonly chosen?: { readonly roleArn: string; readonly idpArn: string } | undefined;
}

/** What an AssumeRole call is signed with. */
export interface SigningKeys {
  readonly keys: AwsAccessKeys | AwsCredentials;
  /** A role's: AWS grants an hour at most to whoever takes on another role with them. */
  readonly ofRole: boolean;
  /** They were issued after an MFA code of this device. */
  readonly mfaSerial?: string | undefined;
}

export interface ProviderRequest<S> {
  /** The session's fields in force for the run. */
  readonly session: S;
  /** True for a rotation: what is kept of the session itself must not be used again. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  /** True where a person asked for it just now: a window may open by itself. Else it asks first. */
  readonly attended?: boolean | undefined;
  /** Until when a person may take for an answer, milliseconds since the epoch. */
  readonly deadline: number;
  /** Asks a person; see PromptService.ask for what it throws. */
  readonly ask: (question: Omit<Question, 'sessionId' | 'deadline'>) => Promise<string>;
}

/**
 * Obtains credentials for one session type. Throws Problem for what a person can act on
 * (`secret-missing`, `dependency-missing`, `cloud-refused`, `cloud-unreachable`, `vault-locked`,
 * `browser-unavailable`, `prompt-expired`), PromptCancelled, or the signal's reason.
 */
export interface CredentialProvider<S, C extends Credentials = AwsCredentials> {
  obtain(request: ProviderRequest<S>): Promise<IssuedCredentials<C>>;
  /** Where a role is taken on with something else than what `obtain` gives. */
  signingKeys?(request: ProviderRequest<S>): Promise<SigningKeys | undefined>;
  /** Whether a rotation can be done with nobody there. */
  unattended(session: S): boolean;
  /** Drops sign-in material kept for the next start. */
  forget(sessionId: string): Promise<void>;
  /** Drops everything kept for a session that is no more. */
  dropSecrets?(session: S): Promise<void>;
}
