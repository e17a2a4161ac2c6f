import { hoursToMilliseconds, minutesToMilliseconds, secondsToMilliseconds } from 'date-fns';

/** From here on hours are too many to picture: `36 h`, but `2 d 3 h`. */
const daysFrom = 48;
const hour = hoursToMilliseconds(1);
const minute = minutesToMilliseconds(1);

/**
 * A duration in milliseconds as every surface shows it: `45 s`, `42 min`, `1 h 20 min`, `12 h`,
 * `2 d 3 h`. Seconds show only in the last two minutes, and count up to the next full one, so that a
 * countdown reaches `0 s` when the time is up. `smallest: 'min'` is for what is drawn once and read
 * later, such as a menu.
 */
export function durationText(
  milliseconds: number,
  { smallest = 's' }: { readonly smallest?: 's' | 'min' } = {},
): string {
  const second = secondsToMilliseconds(1);
  const left = Math.max(0, Math.ceil(milliseconds / second)) * second;
  if (smallest === 's' && left < 2 * minute) return `${left / second} s`;
  if (left < minute) return 'under a minute';
  const [hours, minutes] = [Math.floor(left / hour), Math.floor((left % hour) / minute)];
  if (hours < daysFrom) return text([hours, 'h'], [minutes, 'min']);
  return text([Math.floor(hours / 24), 'd'], [hours % 24, 'h']);
}

function text(...parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
