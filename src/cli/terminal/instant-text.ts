import { isValid, lightFormat } from 'date-fns';

/** Local time to the minute, such as `2026-11-20 09:05`; an empty text stays empty. */
export function instantText(instant: string | undefined): string {
  if (!instant) return '';
  const date = new Date(instant);
  return isValid(date) ? lightFormat(date, 'yyyy-MM-dd HH:mm') : instant;
}
