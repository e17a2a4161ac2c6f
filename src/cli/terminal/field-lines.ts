import { formatFields } from './table.ts';

/** Every field of something that the API answered, one per line, under its name there. */
export function fieldLines(answer: Readonly<Record<string, unknown>>): readonly string[] {
  return formatFields(Object.entries(answer).map(([name, value]) => [name, fieldText(value)]));
}

function fieldText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '–' : value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join(', ');
  return JSON.stringify(value);
}
