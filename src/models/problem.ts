/**
 * Every way Stint refuses. One row per code: codes are stable, never reused, and are the last part
 * of a problem document's `type` (RFC 9457). `docs/problems.md` explains each; a test compares the
 * two.
 *
 * Kinds: `caller`: the request is wrong; `person`: somebody has to do something first; `refused`: the
 * cloud refused; `unavailable`: try again later; `bug`: a bug of Stint.
 */
export const problemRegistry = {
  'invalid-request': { status: 422, kind: 'caller', title: 'The request is not valid' },
  'access-unavailable': {
    status: 503,
    kind: 'unavailable',
    title: 'Client tokens cannot be checked now',
  },
  unauthenticated: { status: 401, kind: 'caller', title: 'No valid client token' },
  'scope-missing': { status: 403, kind: 'caller', title: 'The client token does not allow this' },
  'owner-only': { status: 403, kind: 'person', title: 'Only the owner can decide this' },
  'request-untrusted': {
    status: 403,
    kind: 'caller',
    title: 'The request comes from an untrusted page or program',
  },
  'not-found': { status: 404, kind: 'caller', title: 'Not found' },
  'method-not-allowed': { status: 405, kind: 'caller', title: 'Method not allowed' },
  'already-exists': { status: 409, kind: 'caller', title: 'Already exists' },
  'section-occupied': {
    status: 409,
    kind: 'person',
    title: 'Your own profile section or account is in the way',
  },
  'idempotency-key-in-use': {
    status: 409,
    kind: 'caller',
    title: 'A request with this Idempotency-Key is under way',
  },
  'session-archived': { status: 409, kind: 'caller', title: 'The session is archived' },
  'session-not-active': { status: 409, kind: 'caller', title: 'The session is not active' },
  'key-rotation-conflict': {
    status: 409,
    kind: 'caller',
    title: 'The state of the access keys does not allow this',
  },
  'not-extendable': { status: 409, kind: 'caller', title: 'The run cannot be extended' },
  'leases-used-up': { status: 409, kind: 'caller', title: 'The run has no leases left' },
  'session-ended': { status: 409, kind: 'caller', title: 'The session or sign-in ended' },
  'person-needed': { status: 409, kind: 'person', title: 'Somebody has to answer a question' },
  'prompt-closed': { status: 409, kind: 'caller', title: 'The question is already closed' },
  'revision-stale': { status: 412, kind: 'caller', title: 'Someone else changed it' },
  'idempotency-key-reused': {
    status: 422,
    kind: 'caller',
    title: 'The Idempotency-Key belongs to another request',
  },
  'body-too-large': { status: 413, kind: 'caller', title: 'The request body is too large' },
  'media-type-unsupported': { status: 415, kind: 'caller', title: 'The body must be JSON' },
  'vault-locked': { status: 423, kind: 'person', title: 'The vault is locked' },
  'revision-required': { status: 428, kind: 'caller', title: 'If-Match is missing' },
  'too-many-attempts': {
    status: 429,
    kind: 'unavailable',
    title: 'Too many wrong passphrases',
  },
  'owner-conflict': {
    status: 409,
    kind: 'unavailable',
    title: 'Another process owns the workspace',
  },
  'owner-ending': { status: 503, kind: 'unavailable', title: 'Stint is shutting down' },
  'file-unreadable': { status: 409, kind: 'person', title: 'A file cannot be read' },
  'file-unwritable': { status: 503, kind: 'unavailable', title: 'A file cannot be written' },
  'workspace-newer': { status: 409, kind: 'person', title: 'A newer version wrote the workspace' },
  'vault-unreadable': { status: 503, kind: 'person', title: 'The vault cannot be decrypted' },
  'keychain-unavailable': { status: 503, kind: 'person', title: 'The keychain cannot be reached' },
  'browser-unavailable': { status: 503, kind: 'person', title: 'No browser to sign in with' },
  'secret-missing': { status: 409, kind: 'person', title: 'A secret is missing' },
  'secret-unreadable': {
    status: 409,
    kind: 'person',
    title: 'A secret in the vault cannot be used',
  },
  'dependency-missing': {
    status: 409,
    kind: 'person',
    title: 'Something the session depends on was removed',
  },
  'prompt-expired': { status: 408, kind: 'person', title: 'Nobody answered in time' },
  'cloud-refused': { status: 502, kind: 'refused', title: 'The cloud refused the request' },
  'cloud-unreachable': { status: 503, kind: 'unavailable', title: 'The cloud cannot be reached' },
  'release-untrusted': {
    status: 502,
    kind: 'refused',
    title: 'What is published about releases cannot be trusted',
  },
  'type-unsupported': {
    status: 501,
    kind: 'unavailable',
    title: 'Not supported by this version',
  },
  internal: { status: 500, kind: 'bug', title: 'Internal error' },
} as const satisfies Record<string, ProblemEntry>;

export const problemKinds = ['caller', 'person', 'refused', 'unavailable', 'bug'] as const;

interface ProblemEntry {
  readonly status: number;
  readonly kind: (typeof problemKinds)[number];
  readonly title: string;
}

export type ProblemCode = keyof typeof problemRegistry;

/** What a problem document's `type` has before the code. */
export const problemTypePrefix = 'urn:stint:problem:';

/** What kind of rule a field breaks. */
export const fieldErrorCodes = [
  'missing',
  'wrong-type',
  'too-short',
  'too-long',
  'too-few',
  'too-many',
  'too-small',
  'too-large',
  'not-an-option',
  'unknown-field',
  'malformed',
  'invalid',
] as const;
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** One field that is wrong. */
export interface FieldError {
  /** Its JSON path; empty for the whole body. */
  readonly field: string;
  /** Continues the name of the field, such as "must be at least 15 min"; no value of it. */
  readonly message: string;
  readonly code: FieldErrorCode;
  /** The limit that is broken, in `unit` where there is one. */
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly unit?: 'seconds' | 'characters' | 'entries' | undefined;
  /** What the field accepts, where that is a list. */
  readonly choices?: readonly string[] | undefined;
}

/** A rule that only code can state may leave its kind out: it counts as `invalid`. */
export type FieldErrorInput = Omit<FieldError, 'code'> & { readonly code?: FieldErrorCode };

export interface ProblemDetails {
  /** What happened, naming session, profile, field, file and line; never a secret's value. */
  readonly detail: string;
  /** What the reader can do about it, as one sentence. */
  readonly next: string;
  readonly sessionId?: string | undefined;
  /** The prompt that has to be answered first (423). */
  readonly promptId?: string | undefined;
  /** Each field that is wrong. */
  readonly errors?: readonly FieldErrorInput[] | undefined;
  /** The underlying failure, for the log only. */
  readonly cause?: unknown;
}

/** An expected failure that a person can act on. Anything else that is thrown is a bug. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails) {
    super(details.detail, { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return problemRegistry[this.code].status;
  }

  /** The RFC 9457 problem document. */
  toDocument(): ProblemDocument {
    const { detail, next, sessionId, promptId, errors } = this.details;
    return {
      type: problemTypePrefix + this.code,
      title: problemRegistry[this.code].title,
      status: this.status,
      detail,
      next,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(promptId === undefined ? {} : { promptId }),
      ...(errors === undefined
        ? {}
        : { errors: errors.map((error) => ({ code: 'invalid' as const, ...error })) }),
    };
  }
}

/** RFC 9457 problem details, with Stint's extension members; `problemDocumentSchema` describes it. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly next: string;
  readonly sessionId?: string | undefined;
  readonly promptId?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
}

/** The code of a problem document's `type`, or undefined for another type. */
export function problemCodeOf(type: string): ProblemCode | undefined {
  const code = type.startsWith(problemTypePrefix) ? type.slice(problemTypePrefix.length) : '';
  return Object.hasOwn(problemRegistry, code) ? (code as ProblemCode) : undefined;
}
