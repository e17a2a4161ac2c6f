import type { News } from './news.ts';

/** News that wait to be said together. Times in milliseconds of one clock. */
export interface Gathering {
  readonly news: readonly News[];
  readonly firstAt: number;
  readonly lastAt: number;
}

/** How long nothing new may happen before the news are said, and the longest they wait. In milliseconds. */
const usual = { quiet: 1_500, longest: 8_000 } as const;
/** After the computer slept, much happens until everything has been renewed or asked for. */
const awoken = { quiet: 15_000, longest: 60_000 } as const;
const awokenFor = 60_000;

/** Adds what has happened; a later word about the same replaces the earlier one. */
export function gathered(
  before: Gathering | undefined,
  news: readonly News[],
  now: number,
): Gathering | undefined {
  if (news.length === 0) return before;
  const all = new Map([...(before?.news ?? []), ...news].map((one) => [subjectOf(one), one]));
  return { news: [...all.values()], firstAt: before?.firstAt ?? now, lastAt: now };
}

/** When they are due. `wokeAt`: when the computer last woke up, if it did. */
export function dueAt({ firstAt, lastAt }: Gathering, wokeAt: number | undefined): number {
  const isAwoken = wokeAt !== undefined && firstAt - wokeAt < awokenFor;
  const { quiet, longest } = isAwoken ? awoken : usual;
  return Math.min(lastAt + quiet, firstAt + longest);
}

/** Leaves out questions that somebody has answered meanwhile. */
export function stillOpen(
  news: readonly News[],
  openPrompts: ReadonlySet<string>,
): readonly News[] {
  return news.filter((one) => one.kind !== 'question' || openPrompts.has(one.prompt.promptId));
}

function subjectOf(news: News): string {
  return news.kind === 'question' ? news.prompt.promptId : news.sessionId;
}
