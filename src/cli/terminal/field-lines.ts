import { durationText } from '../../models/duration.ts';
import { instantText } from './instant-text.ts';
import { formatFields } from './table.ts';

/**
 * Every field of something that the API answered, one per line, under its name there: instants in local
 * time, seconds as durations, and what is in a field under both names, such as `run.startedAt`.
 */
export function fieldLines(answer: Readonly<Record<string, unknown>>): readonly string[] {
  return formatFields(fieldsOf(answer, ''));
}

function fieldsOf(answer: object, before: string): readonly (readonly [string, string])[] {
  return Object.entries(answer).flatMap(([name, value]: [string, unknown]) => {
    const path = before + name;
    if (isEmpty(value) || typeof value !== 'object' || value === null || Array.isArray(value)) {
      return [[path, fieldText(name, value)] as const];
    }
    return fieldsOf(value, `${path}.`);
  });
}

function fieldText(name: string, value: unknown): string {
  if (isEmpty(value)) return '–';
  if (typeof value === 'string') return isInstant(value) ? instantText(value) : value;
  if (typeof value === 'number' && /duration$|seconds/i.test(name) && value >= 0) {
    return durationText(Math.round(value));
  }
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join(', ');
  return JSON.stringify(value);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);
}

function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
