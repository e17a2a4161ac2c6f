import type { Samples } from './samples.ts';

/** What a figure has to reach. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the table: a figure beside its goal. */
export interface Row {
  readonly name: string;
  readonly value: number;
  /** What the value counts, such as “× an empty Node process” or “ms”. */
  readonly unit: string;
  readonly goal: Goal;
  readonly ok: boolean;
  /** What was measured, in milliseconds, where there are several samples of it. */
  readonly ours?: Samples;
  /** The same for what it is compared with. */
  readonly limit?: Samples;
}

/** A subject of the bench: it measures its rows in one go, and cleans up after itself. */
export interface Subject {
  /** For `npm run bench -- --only NAME`. */
  readonly name: string;
  measure(): Promise<readonly Row[]>;
}

/** The row of a figure. */
export function row(
  name: string,
  value: number,
  unit: string,
  goal: Goal,
  measured: Pick<Row, 'ours' | 'limit'> = {},
): Row {
  return { name, value, unit, goal, ok: meets(value, goal), ...measured };
}

/** The row of a ratio: the median of ours to the median of what was measured in turns with it. */
export function ratioRow(
  name: string,
  unit: string,
  goal: Goal,
  { ours, limit }: { readonly ours: Samples; readonly limit: Samples },
): Row {
  return row(name, ours.median / limit.median, unit, goal, { ours, limit });
}

/** The goal as people write it. */
export function goalText(goal: Goal): string {
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

/** A figure that could not be measured (`NaN`) meets no goal. */
function meets(value: number, goal: Goal): boolean {
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}
