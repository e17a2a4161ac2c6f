import { CommandFailure } from '../failure.ts';

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A stretch of time in its two largest units, such as `11 h 40 min`. */
export function formatSpan(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const parts: string[] = [];
  for (const [unit, seconds] of units) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** Local time to the minute; an empty text stays empty. */
export function formatInstant(instant: string | undefined): string {
  if (!instant) return '';
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;
const span = /^(\d+)(min|m|h|d)$/;
const spanSeconds: Readonly<Record<string, number>> = { m: 60, min: 60, h: 3600, d: 86_400 };

/**
 * An instant as a person writes it: `2026-11-20`, `2026-11-20 09:30` (both local time), ISO 8601, or
 * a span such as `90min`, `8h`, `2d`, counted from `now` in the direction given. Throws
 * CommandFailure 'usage'.
 */
export function parseInstant(text: string, direction: 'ahead' | 'back', now = Date.now()): string {
  const [, count, unit = ''] = span.exec(text) ?? [];
  const seconds = spanSeconds[unit];
  if (count !== undefined && seconds !== undefined) {
    const distance = Number(count) * seconds * 1000;
    return new Date(direction === 'ahead' ? now + distance : now - distance).toISOString();
  }
  const date = isoDate.test(text)
    ? new Date(`${text}T00:00`)
    : new Date(isoTime.test(text) ? text.replace(' ', 'T') : Number.NaN);
  if (Number.isNaN(date.getTime())) {
    throw new CommandFailure(
      'usage',
      `"${text}" is no time.`,
      'Write it as 2026-11-20, "2026-11-20 09:30", 2026-11-20T09:30:00Z, or a span such as 8h or 2d.',
    );
  }
  return date.toISOString();
}
