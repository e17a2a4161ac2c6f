import * as z from 'zod';
import type { AwsCredentials } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { Session } from '../../models/session.ts';
import { exchange, type CloudAnswer } from '../network/exchange.ts';
import type { Network } from '../network/network.ts';
import { routeTo } from '../network/route.ts';
import { unreachable, unusable } from '../network/sdk-error.ts';

const answerSchema = z.object({ SigninToken: z.string().min(1).max(16_384) });

export interface SigninTokenRequest {
  readonly session: Pick<Session, 'sessionId' | 'sessionName'>;
  readonly credentials: AwsCredentials;
  /** Of the console session; only for credentials that AWS allows it with. */
  readonly durationSeconds?: number | undefined;
}

/** Sent in a body: every proxy on the way may log URLs. */
function formOf({ credentials, durationSeconds }: SigninTokenRequest): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return new URLSearchParams({
    Action: 'getSigninToken',
    ...(durationSeconds === undefined ? {} : { SessionDuration: String(durationSeconds) }),
    Session: JSON.stringify({
      sessionId: accessKeyId,
      sessionKey: secretAccessKey,
      sessionToken,
    }),
  }).toString();
}

/**
 * A token that signs a browser in to the console with the credentials (IAM User Guide, "Enable custom
 * identity broker access to the AWS console"). Throws Problem 'cloud-refused', 'cloud-unreachable',
 * 'file-unreadable'.
 */
export async function getSigninToken(
  network: Network,
  federation: string,
  request: SigninTokenRequest,
  signal: AbortSignal,
): Promise<string> {
  const { sessionId, sessionName } = request.session;
  const about = { service: 'AWS sign-in', about: `session ${sessionName}`, sessionId };
  const route = routeTo(federation, network.settings(), network.proxies);
  let answer: CloudAnswer;
  try {
    const form = formOf(request);
    answer = await exchange(
      {
        url: new URL(federation),
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(form)),
          accept: 'application/json',
        },
        body: form,
      },
      { route, serverTime: network.times.of(`sign-in ${new URL(federation).host}`), signal },
    );
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(error, about) ?? error;
  } finally {
    route.close();
  }
  if (answer.status !== 200) throw refusal(answer.status, request);
  const { success, data } = answerSchema.safeParse(parse(answer.body));
  if (!success) throw unusable({ why: 'it has no sign-in token' }, about);
  return data.SigninToken;
}

/** The endpoint answers a page with hardly more than its status. */
function refusal(status: number, { session, durationSeconds }: SigninTokenRequest): Problem {
  const { sessionId, sessionName } = session;
  if (status === 429 || status >= 500) {
    return new Problem('cloud-unreachable', {
      detail: `AWS sign-in failed for session ${sessionName} (HTTP ${status}).`,
      next: 'Try again in a moment.',
      sessionId,
    });
  }
  return new Problem('cloud-refused', {
    detail: `AWS sign-in refused the credentials of session ${sessionName} (HTTP ${status}).`,
    next:
      durationSeconds === undefined
        ? `Renew them and try again: stint rotate ${sessionId}`
        : 'Try a shorter duration, or none: the role may not allow one that long.',
    sessionId,
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
