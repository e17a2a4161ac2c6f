/** Largest first, with the seconds in each. */
const units = [
  { symbol: 'd', seconds: 86_400 },
  { symbol: 'h', seconds: 3600 },
  { symbol: 'min', seconds: 60 },
  { symbol: 's', seconds: 1 },
] as const;

/**
 * A duration in seconds, exact: `12 h`, `1 d 30 min`, `90 s` as `1 min 30 s`. By hand: a prompt of a shell
 * shows it before each line, and a library for it brings a language to load.
 */
export function durationText(seconds: number): string {
  let rest = seconds;
  const parts = units.flatMap(({ symbol, seconds: size }) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${symbol}`];
  });
  return parts.join(' ') || '0 s';
}

/**
 * A duration in milliseconds as a person says it: at most two units, such as `3 d 4 h`, `1 h 20 min`
 * or `45 min`; in seconds below two minutes.
 */
export function roughDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const unit = seconds < 86_400 ? 60 : 3600;
  return durationText(seconds - (seconds % unit));
}

const part =
  /^(\d+(?:\.\d+)?)\s*(d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])\s*/i;

/**
 * The seconds in a duration as a person types it: `12 h`, `45min`, `1h 30m`, `1.5 hours`, `2 d`.
 * Undefined where it is not one: a number needs its unit, and no part may be less than a second.
 */
export function parseDuration(text: string): number | undefined {
  let rest = text.trim();
  if (rest === '') return undefined;
  let sum = 0;
  while (rest !== '') {
    const [whole = '', count, unit = ''] = part.exec(rest) ?? [];
    const size = units.find(({ symbol }) => symbol[0] === unit[0]?.toLowerCase());
    if (size === undefined) return undefined;
    sum += Number(count) * size.seconds;
    rest = rest.slice(whole.length);
  }
  return Number.isInteger(sum) ? sum : undefined;
}
