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
  'session-ended': failed,
  'prompt-closed': failed,
  'revision-stale': failed,
  'body-too-large': usage,
  'media-type-unsupported': failed,
  'vault-locked': personNeeded,
  'revision-required': failed,
  'owner-conflict': failed,
  'file-unreadable': failed,
  'file-unwritable': failed,
  'workspace-newer': failed,
  'vault-unreadable': failed,
  'keychain-unavailable': failed,
  'secret-missing': failed,
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

/** What happened and what to do next, as the last words of a command. */
export function explain(error: unknown): string {
  if (error instanceof CommandFailure) return sentences(error.message, error.next);
  if (error instanceof Problem) return sentences(error.details.detail, error.details.next);
  return error instanceof Error ? `Stint made a mistake: ${error.message}` : String(error);
}

function sentences(what: string, next: string | undefined): string {
  return next === undefined ? what : `${what}\n${next}`;
}
