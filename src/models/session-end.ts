import { onThisMachine } from './clock-offset.ts';

/** What decides when a session ends. */
export interface Lasting {
  readonly status: string;
  /** `endsAt` is by this machine's clock. */
  readonly run?: { readonly endsAt?: string | undefined } | undefined;
  /** By the clock of the cloud. */
  readonly credentialsExpireAt?: string | undefined;
  readonly clockOffsetSeconds?: number | undefined;
}

/**
 * When the run or its credentials end, whichever is first, by this machine's clock; undefined unless
 * active with an end.
 */
export function endOf(session: Lasting): string | undefined {
  if (session.status !== 'active') return undefined;
  const { run, credentialsExpireAt } = session;
  return [
    run?.endsAt,
    credentialsExpireAt === undefined ? undefined : expiryHere(session, credentialsExpireAt),
  ]
    .filter((instant) => instant !== undefined)
    .sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

/** When credentials of the session expire by this machine's clock. */
export function expiryHere(session: Lasting, expiration: string): string {
  const at = onThisMachine(session, expiration);
  if (session.clockOffsetSeconds === undefined || Number.isNaN(at)) return expiration;
  return new Date(at).toISOString();
}
