import { Problem, type ProblemCode } from '../models/problem.ts';

/** What a command ends with (DESIGN §8). */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  /** A person is needed (MFA, login, consent), and none is there. */
  personNeeded: 4,
  unreachable: 5,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command cannot go on; what it says is for a person. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: ExitCode;
  readonly next: string | undefined;

  constructor(outcome: keyof typeof exitCodes, message: string, next?: string) {
    super(message);
    this.exitCode = exitCodes[outcome];
    this.next = next;
  }
}

const { failed, usage, notFound, personNeeded } = exitCodes;

const exitCodeOfProblem: Readonly<Record<ProblemCode, ExitCode>> = {
  'invalid-request': usage,
  unauthenticated: failed,
  'scope-missing': failed,
  'request-untrusted': failed,
  'not-found': notFound,
  'method-not-allowed': failed,
  'already-exists': failed,
  'section-occupied': personNeeded,
  'session-archived': failed,
  'session-not-active': failed,
  'leases-used-up': failed,
  'session-ended': failed,
  'person-needed': personNeeded,
  'prompt-closed': failed,
  'revision-stale': failed,
  'body-too-large': usage,
  'media-type-unsupported': failed,
  'dependency-missing': failed,
  'vault-locked': personNeeded,
  'revision-required': failed,
  'owner-conflict': failed,
  'owner-ending': failed,
  'file-unreadable': failed,
  'file-unwritable': failed,
  'workspace-newer': failed,
  'vault-unreadable': failed,
  'keychain-unavailable': failed,
  'browser-unavailable': failed,
  'secret-missing': failed,
  'secret-unreadable': failed,
  'prompt-expired': personNeeded,
  'cloud-refused': failed,
  'cloud-unreachable': failed,
  'type-unsupported': failed,
  'rate-limited': failed,
  internal: failed,
};

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandFailure) return error.exitCode;
  return error instanceof Problem ? exitCodeOfProblem[error.code] : failed;
}

/** What happened and, where that is known, what to do next. */
export function wordsOf(error: unknown): { readonly what: string; readonly next?: string } {
  const told =
    error instanceof CommandFailure
      ? { what: error.message, next: error.next }
      : error instanceof Problem
        ? { what: error.details.detail, next: error.details.next }
        : {
            what: error instanceof Error ? `Stint made a mistake: ${error.message}` : String(error),
          };
  return told.next === undefined ? { what: told.what } : { what: told.what, next: told.next };
}

/** The same as the last words of a command. */
export function explain(error: unknown): string {
  const { what, next } = wordsOf(error);
  return next === undefined ? what : `${what}\n${next}`;
}
