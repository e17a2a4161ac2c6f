/** IAM User Guide, "Methods to assume a role": role chaining is limited to one hour. */
export const chainedSeconds = 3600;

/** The longest duration AssumeRole and AssumeRoleWithSAML accept (STS API Reference, DurationSeconds). */
export const longestRoleSeconds = 43_200;

/**
 * Whether STS refused the duration asked for, so that an hour, which every role allows, is worth a
 * try (STS API Reference, AssumeRole: MaxSessionDuration; role chaining).
 */
export function isLengthRefused(error: unknown): boolean {
  const { name, message } = error as { readonly name?: unknown; readonly message?: unknown };
  return name === 'ValidationError' && /DurationSeconds/.test(String(message));
}

/**
 * Calls with `seconds`; if AWS refuses that duration, once more with an hour.
 * `roleSecondsGranted`: set if that was needed.
 */
export async function withLength<T>(
  seconds: number,
  call: (seconds: number) => Promise<T>,
): Promise<{ readonly answer: T; readonly roleSecondsGranted?: number }> {
  try {
    return { answer: await call(seconds) };
  } catch (error) {
    if (seconds <= chainedSeconds || !isLengthRefused(error)) throw error;
    return { answer: await call(chainedSeconds), roleSecondsGranted: chainedSeconds };
  }
}
