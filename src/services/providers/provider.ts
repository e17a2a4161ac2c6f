import type { AwsAccessKeys, AwsCredentials, Credentials } from '../../models/credentials.ts';
import type { Narrowing } from '../../models/narrowing.ts';
import type { Screen } from '../../models/screen.ts';
import type { AwsIamRoleChainedSession } from '../../models/session.ts';
import type { PromptService, Question } from '../prompts/prompt-service.ts';

/** Credentials with the lifetime they were granted, in seconds: it fixes the renewal margin. */
export interface IssuedCredentials<C extends Credentials = AwsCredentials> {
  readonly credentials: C;
  readonly grantedSeconds: number;
  /** Milliseconds by which the clock of the service was ahead of this machine's. */
  readonly clockOffset?: number | undefined;
  /** The lifetime asked for in the end, where AWS refused more; asked for from now on. */
  readonly roleSecondsGranted?: number | undefined;
  /** Fields that a person chose meanwhile: the session keeps them. */
  readonly chosen?: { readonly roleArn: string; readonly idpArn: string } | undefined;
}

/** What an AssumeRole call is signed with. */
export interface SigningKeys {
  readonly keys: AwsAccessKeys | AwsCredentials;
  /** A role's: AWS grants an hour at most when another role is assumed with them. */
  readonly ofRole: boolean;
  /** They were issued after an MFA code of this device. */
  readonly mfaSerial?: string | undefined;
}

export interface ProviderRequest<S> {
  /** With the effective fields of the run. */
  readonly session: S;
  /** True for a rotation: what is kept of the session itself must not be used again. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  /** Nobody can be asked: what needs a person fails with Problem 'person-needed'. */
  readonly unattended?: boolean | undefined;
  /** A person asked for it just now: a window may open by itself. If omitted, it asks first. */
  readonly attended?: boolean | undefined;
  /** Where a window is shown, instead of on the owner's own screen. */
  readonly screen?: Screen | undefined;
  /** Until when a person may take for an answer, milliseconds since the epoch. */
  readonly deadline: number;
  /**
   * Asks a person; see PromptService.ask for what it throws. `until` cancels the question; if
   * omitted, the request's signal does.
   */
  readonly ask: (
    question: Omit<Question, 'sessionId' | 'deadline'>,
    until?: AbortSignal,
  ) => Promise<string>;
  /** A question that is answered elsewhere; see PromptService.open. */
  readonly open: (
    question: Omit<Question, 'sessionId' | 'deadline'>,
  ) => ReturnType<PromptService['open']>;
}

/** What chained sessions sign with: the credentials of their parents. */
export interface ParentKeys {
  /** Throws Problem 'dependency-missing' and what the parent's provider throws. */
  obtain(request: ProviderRequest<AwsIamRoleChainedSession>): Promise<SigningKeys>;
  /** Drops what is kept for the parent of `session`: AWS no longer accepts it. */
  discard(session: AwsIamRoleChainedSession): Promise<void>;
  /** Whether the parent's credentials are available with nobody there. */
  unattended(session: AwsIamRoleChainedSession): boolean;
}

/**
 * Obtains credentials for one session type. Throws Problem for what a person can act on
 * (`secret-missing`, `dependency-missing`, `cloud-refused`, `cloud-unreachable`, `vault-locked`,
 * `browser-unavailable`, `prompt-expired`), PromptCancelled, or the signal's reason.
 */
export interface CredentialProvider<S, C extends Credentials = AwsCredentials> {
  obtain(request: ProviderRequest<S>): Promise<IssuedCredentials<C>>;
  /**
   * Credentials of their own that may do less, for one program; missing where the type has none. Asks nobody.
   * Throws as `obtain`, and Problem 'person-needed'.
   */
  narrow?(request: ProviderRequest<S>, narrowing: Narrowing): Promise<IssuedCredentials<C>>;
  /** What roles are assumed with, where that is not what `obtain` returns. */
  signingKeys?(request: ProviderRequest<S>): Promise<SigningKeys | undefined>;
  /** Whether a rotation needs nobody. */
  unattended(session: S): boolean;
  /** Drops sign-in material kept for the next start. */
  forget(sessionId: string): Promise<void>;
  /** Drops everything kept for a session that is removed. */
  dropSecrets?(session: S): Promise<void>;
}
