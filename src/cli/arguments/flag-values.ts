import { parseDuration } from '../../models/duration.ts';
import { CommandFailure } from '../failure.ts';

/*
 * How the values of flags are read. What a field accepts is for the API to decide; these readers only
 * turn text into the type that it takes. Each throws CommandFailure 'usage'.
 */

/** Seconds, from `8h`, `90 min` or a bare number of seconds. */
export function duration(text: string, flag: string): number {
  const seconds = /^\d+$/.test(text) ? Number(text) : parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw new CommandFailure(
    'usage',
    `${flag}: "${text}" is not a duration.`,
    'Write 8h, 90min, 2d, or a number of seconds.',
  );
}

export function count(text: string, flag: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandFailure('usage', `${flag}: "${text}" is not a whole number.`);
}

/** `KEY=VALUE`, once per tag. */
export function tags(texts: readonly string[], flag: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at >= 1) return [text.slice(0, at), text.slice(at + 1)];
      throw new CommandFailure('usage', `${flag}: "${text}" is not a tag. Write KEY=VALUE.`);
    }),
  );
}

/** A program and its arguments as a JSON array. */
export function programLine(text: string, flag: string): readonly string[] {
  const parsed = json(text);
  if (Array.isArray(parsed) && parsed.every((part) => typeof part === 'string')) return parsed;
  throw new CommandFailure(
    'usage',
    `${flag} takes a program and its arguments as a JSON array.`,
    `For example: ${flag} '["/usr/bin/oathtool", "--totp", "…"]'`,
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
