import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { Problem } from '../../../models/problem.ts';
import { scopesOfRole, type Principal } from '../../../models/scope.ts';
import { longestTokenSeconds } from '../../../models/token.ts';
import {
  issuerAlgorithms,
  type TrustedIssuer,
  type TrustedIssuerState,
} from '../../../models/trusted-issuer.ts';
import type { Clock } from '../../clock/clock.ts';
import { sameStamp, stampOf, type FileStamp } from '../../files/private-file.ts';
import type { Log } from '../../log/log.ts';
import type { Network } from '../../network/network.ts';
import { cleanText } from '../../network/provider-text.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { readIssuerFile } from './issuer-file.ts';
import { issuerTime, readIssuerKeys } from './read-keys.ts';

interface Parts {
  readonly file: string;
  readonly network: Network;
  /** Of elapsed time. */
  readonly clock: Clock;
  readonly log: Pick<Log, 'info'>;
  /** Aborted when the owner ends. */
  readonly signal: AbortSignal;
}

interface Loaded {
  readonly stamp: FileStamp | undefined;
  readonly trusted?: { readonly issuer: TrustedIssuer; readonly keys: IssuerKeys } | undefined;
  readonly problem?: Problem;
}

/**
 * Access tokens of the OpenID Connect issuer in `issuer.json`, which count as client tokens
 * (docs/decisions/0046). The file is read again whenever it has changed.
 */
export class IssuerTokens {
  readonly #parts: Parts;
  #loaded: Loaded | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Undefined for anything but a valid token of that issuer. Throws Problem 'access-unavailable' while it
   * cannot be checked, 'scope-missing' for somebody to whom the file gives no role.
   */
  async verify(token: string): Promise<Principal | undefined> {
    // Nonsense is refused without a look at the file or a request to the issuer.
    const claimedIssuer = issuerIn(token);
    if (claimedIssuer === undefined) return undefined;
    const { trusted, problem } = await this.#load();
    if (problem !== undefined) {
      throw new Problem('access-unavailable', {
        detail: 'The token cannot be checked: the file of the trusted issuer cannot be used.',
        next: 'Run `stint doctor` for details.',
        cause: problem,
      });
    }
    if (trusted?.issuer.issuer !== claimedIssuer) return undefined;
    const { issuer, keys } = trusted;
    // First, because it measures the time at the issuer, by which its tokens expire.
    await keys.prepare();
    try {
      const { payload } = await jwtVerify(token, (...asked) => keys.find(...asked), {
        algorithms: [...issuer.algorithms],
        issuer: issuer.issuer,
        audience: issuer.audience,
        typ: issuer.tokenType,
        requiredClaims: ['exp', 'iat', 'sub'],
        clockTolerance: issuer.clockToleranceSeconds,
        // No longer than the tokens that Stint makes.
        maxTokenAge: longestTokenSeconds,
        currentDate: new Date(this.#parts.network.times.of(issuerTime(issuer.issuer)).now()),
      });
      return principalOf(token, payload, issuer);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      // For the log alone: the answer does not say which part failed.
      this.#parts.log.info('issuer-token-refused', { code: error.code, reason: error.message });
      return undefined;
    }
  }

  /** Undefined where there is no file. */
  async state(): Promise<TrustedIssuerState | undefined> {
    const { file } = this.#parts;
    const { trusted, problem } = await this.#load();
    const failure = problem ?? trusted?.keys.failure;
    const words =
      failure instanceof Problem
        ? { problem: { detail: failure.details.detail, next: failure.details.next } }
        : {};
    if (trusted === undefined) return problem === undefined ? undefined : { file, ...words };
    const { issuer, audience } = trusted.issuer;
    return { file, issuer, audience, ...words };
  }

  async #load(): Promise<Loaded> {
    const { file } = this.#parts;
    const before = this.#loaded;
    try {
      const stamp = await stampOf(file);
      if (before !== undefined && before.problem === undefined && sameStamp(before.stamp, stamp)) {
        return before;
      }
      const issuer = stamp === undefined ? undefined : await readIssuerFile(file);
      const trusted = issuer === undefined ? undefined : { issuer, keys: this.#keysOf(issuer) };
      this.#loaded = { stamp, trusted };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.#loaded = { stamp: undefined, problem: error };
    }
    return this.#loaded;
  }

  #keysOf({ issuer }: TrustedIssuer): IssuerKeys {
    const { network, clock, signal } = this.#parts;
    return new IssuerKeys({ read: () => readIssuerKeys(issuer, network, signal), clock });
  }
}

/** Who a token claims to be from, unverified; undefined for what no issuer can have signed. */
function issuerIn(token: string): string | undefined {
  try {
    const { alg } = decodeProtectedHeader(token);
    if (!issuerAlgorithms.some((known) => known === alg)) return undefined;
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

function principalOf(
  token: string,
  payload: JWTPayload,
  { issuer, claim, roles }: TrustedIssuer,
): Principal | undefined {
  const { sub = '', exp = 0, jti } = payload;
  const name = cleanText(sub);
  if (name === undefined) return undefined;
  const values = valuesAt(claim, payload);
  const rule = roles.find(({ value }) => values.includes(value));
  if (rule === undefined) {
    throw new Problem('scope-missing', {
      detail: `${name} has a valid token of ${issuer}, but no role here: ${[claim].flat().join('.')} of the token has no value that issuer.json maps to one.`,
      next: 'Ask for such a value at the issuer, or add the value to issuer.json in the home of Stint.',
    });
  }
  return {
    // Never the name of the owner or of a client token, whatever the issuer calls its people.
    subject: `${name} at ${issuer}`,
    role: rule.role,
    scopes: new Set(scopesOfRole[rule.role]),
    ...(rule.role === 'credentials' ? { sessionId: rule.sessionId } : {}),
    token: {
      tokenId: jti ?? createHash('sha256').update(token).digest('base64url'),
      expiresAt: exp,
      endsWithOwner: false,
      issuer,
    },
  };
}

/** The texts at a claim. That of `scope` is one text with blanks in it (RFC 9068 §2.2.3). */
function valuesAt(claim: TrustedIssuer['claim'], payload: JWTPayload): readonly string[] {
  const path = [claim].flat();
  const found = path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Readonly<Record<string, unknown>>)[name]
        : undefined,
    payload,
  );
  if (claim === 'scope' && typeof found === 'string') return found.split(' ');
  return [found].flat().filter((value) => typeof value === 'string');
}
