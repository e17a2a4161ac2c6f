import { Problem } from '../../models/problem.ts';

/**
 * The longest that any credentials are granted for, in milliseconds: GetSessionToken 36 h (STS API
 * Reference, DurationSeconds), Entra ID 28 h (Microsoft Learn, "Continuous access evaluation"). An hour
 * more is a clock that is a little wrong.
 */
const longestValidity = 37 * 3_600_000;

/** In milliseconds. Libraries round times to whole seconds, up or down. */
const shortestValidity = 1000;

/**
 * Throws Problem 'cloud-refused' for credentials that have expired, that have no time of expiry, or one
 * that no cloud grants. `expiresAt` and `now`: milliseconds since the epoch, by the cloud's clock.
 * `service`, `about`: such as "AWS STS" and "session audit".
 */
export function requireUsable(
  expiresAt: number,
  now: number,
  {
    service,
    about,
    sessionId,
  }: {
    readonly service: string;
    readonly about: string;
    readonly sessionId?: string | undefined;
  },
): void {
  const validity = expiresAt - now;
  if (validity >= shortestValidity && validity <= longestValidity) return;
  const isTime = !Number.isNaN(new Date(expiresAt).getTime());
  const when = isTime ? new Date(expiresAt).toISOString() : 'no valid time';
  const whatIsWrong = validity < shortestValidity ? 'which is past' : 'which it never grants';
  throw new Problem('cloud-refused', {
    detail: `${service} issued credentials for ${about} with ${when} as their expiry${isTime ? `, ${whatIsWrong}` : ''}.`,
    next: 'Check the clock of this machine, and the endpoints in the settings.',
    sessionId,
  });
}
