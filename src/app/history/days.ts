import { isSameDay, isSameYear } from 'date-fns';
import type { HistoryEntry } from '../../models/history.ts';

export interface Day {
  /** `Today`, `Yesterday`, or the weekday. */
  readonly title: string;
  readonly date: string;
  readonly entries: readonly HistoryEntry[];
}

/** Entries by the day they happened on this machine's calendar; in the order they come. */
export function byDay(entries: readonly HistoryEntry[], now: number): readonly Day[] {
  const days: { at: Date; entries: HistoryEntry[] }[] = [];
  for (const entry of entries) {
    const at = new Date(entry.at);
    const last = days.at(-1);
    if (last !== undefined && isSameDay(last.at, at)) last.entries.push(entry);
    else days.push({ at, entries: [entry] });
  }
  return days.map(({ at, entries: held }) => ({ ...dayText(at, now), entries: held }));
}

function dayText(at: Date, now: number): Pick<Day, 'title' | 'date'> {
  const date = (isSameYear(at, now) ? day : dayAndYear).format(at);
  const before = new Date(now);
  before.setDate(before.getDate() - 1);
  const name = weekday.format(at);
  if (isSameDay(at, now)) return { title: 'Today', date: `${name} ${date}` };
  if (isSameDay(at, before)) return { title: 'Yesterday', date: `${name} ${date}` };
  return { title: name, date };
}

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** Such as `14:02`. */
export function timeOfDay(instant: string): string {
  return time.format(new Date(instant));
}
