import { isSameDay, isSameWeek, isSameYear } from 'date-fns';

/** A time in its shortest unambiguous form: `14:02`, `Tue 09:12`, `14 Nov`, `14 Nov 2025`. */
export function moment(instant: string, now: number): string {
  const at = new Date(instant);
  if (isSameDay(at, now)) return clock(at);
  if (isSameWeek(at, now)) return `${weekday(at)} ${clock(at)}`;
  return isSameYear(at, now) ? day(at) : dayAndYear(at);
}

/** A time with its date and seconds, for a tooltip. */
export function fullMoment(instant: string): string {
  const at = new Date(instant);
  return `${weekday(at)}, ${dayAndYear(at)}, ${clock(at)}:${pad(at.getSeconds())}`;
}

/*
 * By hand, as `Intl.DateTimeFormat` for en-GB writes them: making a format for each of these takes as long as
 * drawing the first rows of the list.
 */
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sept',
  'Oct',
  'Nov',
  'Dec',
] as const;

function weekday(at: Date): string {
  return weekdays[at.getDay()] ?? '';
}

function day(at: Date): string {
  return `${at.getDate()} ${months[at.getMonth()] ?? ''}`;
}

function dayAndYear(at: Date): string {
  return `${day(at)} ${at.getFullYear()}`;
}

function clock(at: Date): string {
  return `${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
