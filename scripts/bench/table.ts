import { goalText, type Row } from './row.ts';
import type { Samples } from './samples.ts';

/** The row as people read it. */
export function line({ name, value, unit, goal, ok, ours, limit }: Row): string {
  const figure = `${digits(value)} ${unit} (goal ${goalText(goal)})`;
  const measured = [ours && `ours ${samplesText(ours)}`, limit && `limit ${samplesText(limit)}`]
    .filter((text) => text !== undefined)
    .join('; ');
  const verdict = ok ? 'ok  ' : 'over';
  return `${verdict}  ${name}: ${figure}${measured === '' ? '' : `\n      ${measured}`}`;
}

/** The row as programs read it: the goal is text, since it says its direction. */
export function json({ goal, ...rest }: Row): object {
  return { ...rest, goal: goalText(goal) };
}

function samplesText({ median, p99, count }: Samples): string {
  return `${digits(median)} ms, p99 ${digits(p99)} ms of ${count}`;
}

/** Three digits that count. */
function digits(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}
