import { isSameDay, isSameWeek, isSameYear } from 'date-fns';

/** A time in its shortest unambiguous form: `14:02`, `Tue 09:12`, `14 Nov`, `14 Nov 2025`. */
export function moment(instant: string, now: number): string {
  const at = new Date(instant);
  if (isSameDay(at, now)) return clock(at);
  if (isSameWeek(at, now)) return `${weekday.format(at)} ${clock(at)}`;
  return isSameYear(at, now) ? day.format(at) : dayAndYear.format(at);
}

/** A time with its date and seconds, for a tooltip. */
export function fullMoment(instant: string): string {
  return full.format(new Date(instant));
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const full = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function clock(at: Date): string {
  return `${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
