import { CommandFailure } from '../failure.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;
const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;
const duration = /^(\d+)(min|m|h|d)$/;
const unitSeconds: Readonly<Record<string, number>> = { m: 60, min: 60, h: 3600, d: 86_400 };

/**
 * A point in time as a person writes it: `2026-11-20`, `2026-11-20 09:30` (both local time), ISO 8601, or
 * a duration such as `90min`, `8h`, `2d`, counted from `now` in the direction given. Throws
 * CommandFailure 'usage'.
 */
export function parseInstant(text: string, direction: 'ahead' | 'back', now = Date.now()): string {
  const [, count, unit = ''] = duration.exec(text) ?? [];
  const seconds = unitSeconds[unit];
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
      `"${text}" is not a valid time.`,
      'Write 2026-11-20, "2026-11-20 09:30", 2026-11-20T09:30:00Z, or a duration such as 8h or 2d.',
    );
  }
  return date.toISOString();
}
