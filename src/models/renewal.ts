/** Longest time before expiry at which credentials are renewed, in seconds. */
const longestMargin = 20 * 60;

/**
 * Seconds before expiry at which credentials are renewed, fixed when they are issued: 20 minutes,
 * or a third of the lifetime granted where that is shorter. botocore asks again at nearly every
 * request once under 15 minutes remain, so renewal has to come before that.
 */
export function renewalMargin(grantedSeconds: number): number {
  return Math.min(longestMargin, Math.max(0, grantedSeconds) / 3);
}

/** Seconds between renewals for credentials delivered with `remainingSeconds` of `grantedSeconds` left. */
export function renewalInterval(remainingSeconds: number, grantedSeconds: number): number {
  return Math.max(0, Math.floor(remainingSeconds - renewalMargin(grantedSeconds)));
}

/** At most so many seconds earlier. */
const longestAdvance = 45;

/**
 * Seconds by which a session is renewed earlier than its margin, so that sessions that started together
 * do not all come at once: always the same for one session, 45 s or a twentieth of the margin at most.
 */
export function renewalAdvance(grantedSeconds: number, sessionId: string): number {
  const most = Math.min(longestAdvance, renewalMargin(grantedSeconds) / 20);
  // An id is random (uuid v4): its first digits are as good as any.
  return (most * (Number.parseInt(sessionId.slice(0, 4), 16) || 0)) / 0xffff;
}
