import { durationText, parseDuration } from '../../models/duration.ts';
import { settingsPatchSchema } from '../../models/settings.ts';
import { schemaErrors } from '../form/field-errors.ts';
import type { SettingRow } from './setting-rows.ts';

const secondsIn = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

/** A setting as its control shows it; empty where it is not set. */
export function settingText(row: SettingRow, value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return JSON.stringify(value);
  if (row.control !== 'duration') return String(value);
  if (value === 0) return '0';
  // Days are said as such: two weeks are 14 d.
  return row.unit === 'days' ? `${value} d` : durationText(value * secondsIn[row.unit]);
}

/** What a control's text means for the setting, or what is wrong with it, as a sentence. */
export function settingValue(
  row: SettingRow,
  text: string,
): { readonly value: unknown } | { readonly error: string } {
  const typed = text.trim();
  if (typed === '') {
    return row.unset === undefined && row.control !== 'switch'
      ? { error: `Enter a value for ${row.label}.` }
      : { value: null };
  }
  const value = meant(row, typed);
  if (value === undefined) return { error: durationHelp(row) };
  const schema = settingsPatchSchema.pick({ [row.name]: true } as never);
  const described = { name: row.name, label: row.label, kind: 'text' } as const;
  const error = schemaErrors(schema, { [row.name]: value }, [described])[row.name];
  return error === undefined ? { value } : { error };
}

function meant(row: SettingRow, typed: string): unknown {
  if (row.control === 'switch') return typed === 'true';
  if (row.control !== 'duration') return typed;
  if (typed === '0') return 0;
  const seconds = parseDuration(typed);
  if (seconds === undefined) return undefined;
  const count = seconds / secondsIn[row.unit];
  return Number.isInteger(count) ? count : undefined;
}

function durationHelp(row: SettingRow): string {
  const examples = {
    seconds: '8 h or 45 min',
    minutes: '10 min or 1 h',
    hours: '12 h',
    days: '30 d',
  };
  const unit = row.control === 'duration' ? row.unit : 'seconds';
  return `Enter a duration with its unit, such as ${examples[unit]}.`;
}
