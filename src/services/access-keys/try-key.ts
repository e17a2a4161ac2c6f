import type { AwsAccessKeys } from '../../models/credentials.ts';
import { Problem } from '../../models/problem.ts';
import type { AwsIamUserSession } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { areKeysRefused, stsProblem } from '../providers/sts-problem.ts';
import type { ConnectSts } from '../providers/sts.ts';

/** How long AWS may take to know a new key, in milliseconds; usually seconds. */
const patience = 2 * 60_000;
const firstDelay = 1_000;
const longestDelay = 15_000;

/**
 * Resolves once STS knows the keys in the session's region: IAM is eventually consistent (IAM User Guide
 * "Changes that I make are not always immediately visible"). Throws Problem 'cloud-refused',
 * 'cloud-unreachable', and the signal's reason.
 */
export async function tryKey(
  keys: AwsAccessKeys,
  session: AwsIamUserSession,
  {
    connectSts,
    clock,
    signal,
  }: { readonly connectSts: ConnectSts; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const giveUpAt = clock.now() + patience;
  for (let delay = firstDelay; ; delay = Math.min(2 * delay, longestDelay)) {
    const next = clock.now() + delay;
    if (await isAccepted(keys, session, { connectSts, signal, isLast: next > giveUpAt })) return;
    await waitUntil(clock, next, signal);
  }
}

/** Throws what the next attempt would not change, and if it `isLast` whatever failed. */
async function isAccepted(
  keys: AwsAccessKeys,
  session: AwsIamUserSession,
  {
    connectSts,
    signal,
    isLast,
  }: { readonly connectSts: ConnectSts; readonly signal: AbortSignal; readonly isLast: boolean },
): Promise<boolean> {
  const { sdk, client, endpoint } = await connectSts(keys, session);
  try {
    await client.send(new sdk.GetCallerIdentityCommand({}), { abortSignal: signal });
    return true;
  } catch (error) {
    signal.throwIfAborted();
    const isUnknown = areKeysRefused(error);
    const failure = isUnknown ? notKnown(session) : stsProblem(error, session, endpoint);
    if (isLast || !(isUnknown || isPassing(failure))) throw failure;
    return false;
  } finally {
    client.destroy();
  }
}

function isPassing(failure: unknown): boolean {
  return failure instanceof Problem && failure.code === 'cloud-unreachable';
}

function notKnown({ sessionId, sessionName }: AwsIamUserSession): Problem {
  return new Problem('cloud-refused', {
    detail: `AWS still does not accept the new access key of session ${sessionName} after ${patience / 60_000} min.`,
    next: `Try again later: stint session rotate-keys ${sessionId}`,
    sessionId,
  });
}
