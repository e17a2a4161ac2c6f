/** By how many milliseconds the unit of each is longer than one (Microsoft Learn, "Throttling"; RFC 9110 §10.2.3). */
const waits: Readonly<Record<string, number>> = {
  'retry-after': 1000,
  'retry-after-ms': 1,
  'x-ms-retry-after-ms': 1,
};

/** The longest that a call waits before its next try, in milliseconds. */
const longestWait = 60_000;

/**
 * The headers of an answer without a wait that is longer, or no number: the libraries would wait as long as a
 * service says, for days if it says so. Without one they wait as they do by themselves, or give up.
 */
export function withShortWaits(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => {
      const unit = waits[name];
      return unit === undefined || Number(value) * unit <= longestWait;
    }),
  );
}
