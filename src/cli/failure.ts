import { OwnerFailure } from '../client/node/owner-failure.ts';
import { Problem, type ProblemCode } from '../models/problem.ts';

/** Exit codes of every command (DESIGN §8). */
export const exitCodes = {
  success: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  /** Somebody must answer (MFA, login, consent), and nobody is at the terminal. */
  personNeeded: 4,
  unreachable: 5,
  /** Somebody pressed Ctrl-C: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command cannot continue. The message is for the person at the terminal. */
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
  'access-unavailable': failed,
  unauthenticated: failed,
  'scope-missing': failed,
  'owner-only': failed,
  'request-untrusted': failed,
  'not-found': notFound,
  'method-not-allowed': failed,
  'already-exists': failed,
  'section-occupied': personNeeded,
  'idempotency-key-in-use': failed,
  'idempotency-key-reused': failed,
  'session-archived': failed,
  'session-not-active': failed,
  'key-rotation-conflict': failed,
  'not-extendable': failed,
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
  'too-many-attempts': failed,
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
  'release-untrusted': failed,
  'cloud-unreachable': failed,
  'type-unsupported': failed,
  internal: failed,
};

const exitCodeOfOwner = {
  unreachable: exitCodes.unreachable,
  untrusted: failed,
} as const satisfies Readonly<Record<OwnerFailure['kind'], ExitCode>>;

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandFailure) return error.exitCode;
  if (error instanceof OwnerFailure) return exitCodeOfOwner[error.kind];
  return error instanceof Problem ? exitCodeOfProblem[error.code] : failed;
}

/** What happened and, if known, what to do next. */
export function messageOf(error: unknown): { readonly what: string; readonly next?: string } {
  const { what, next } =
    error instanceof CommandFailure || error instanceof OwnerFailure
      ? { what: error.message, next: error.next }
      : error instanceof Problem
        ? { what: error.details.detail, next: error.details.next }
        : internalError(error);
  return next === undefined ? { what } : { what, next };
}

function internalError(error: unknown): { readonly what: string; readonly next: string } {
  const what = error instanceof Error ? error.message : String(error);
  return {
    what: `Internal error: ${what}`,
    next: 'Please report it; STINT_DEBUG=1 prints where it happened.',
  };
}

/** The same as one text, for the last lines of a command. */
export function errorText(error: unknown): string {
  const { what, next } = messageOf(error);
  return next === undefined ? what : `${what}\n${next}`;
}
