import type { EndReason } from '../../src/models/lifecycle.ts';
import type { ShellPrompt, ShellSession, ShellState } from '../feed/shell-state.ts';

/** Something that a person wants to know although no window is in front. */
export type News =
  | { readonly kind: 'question'; readonly prompt: ShellPrompt; readonly name?: string }
  | {
      readonly kind: 'failed' | 'ending' | 'ended';
      readonly sessionId: string;
      readonly name: string;
      readonly detail: string;
      /** Of `failed`: whether the session still runs, so that trying again is a rotation. */
      readonly isRunning: boolean;
    };

/** Ends that nobody asked for. The others are somebody's own doing, or a failure. */
const byItself: ReadonlySet<EndReason> = new Set([
  'max-duration',
  'idle',
  'valid-until',
  'expired',
]);
const failures: ReadonlySet<EndReason> = new Set(['failed', 'crashed']);

/** So many renewals in a row fail before it is news: the first ones are often a network that comes back. */
const failuresUntilNews = 3;

/**
 * What has happened between two states, both with an owner that answers. Questions are news unless the
 * window is in front: it shows them itself.
 */
export function newsBetween(
  before: ShellState,
  after: ShellState,
  { windowInFront }: { readonly windowInFront: boolean },
): readonly News[] {
  const known = new Set(before.prompts.map(({ promptId }) => promptId));
  const sessions = new Map(before.sessions.map((session) => [session.sessionId, session]));
  const names = new Map(after.sessions.map((session) => [session.sessionId, session.sessionName]));
  const asked = windowInFront ? [] : after.prompts.filter(isForPerson);
  return [
    ...asked
      .filter(({ promptId }) => !known.has(promptId))
      .map((prompt): News => {
        const name = names.get(prompt.sessionId ?? '');
        return { kind: 'question', prompt, ...(name === undefined ? {} : { name }) };
      }),
    ...after.sessions.flatMap((session) => sessionNews(sessions.get(session.sessionId), session)),
  ];
}

/** A sign-in window is in front by itself, and a vault is locked because somebody wanted it. */
function isForPerson({ kind }: ShellPrompt): boolean {
  return kind !== 'sign-in-window' && kind !== 'unlock';
}

function sessionNews(before: ShellSession | undefined, after: ShellSession): readonly News[] {
  const { sessionId, sessionName: name, lastEnd, run, status } = after;
  if (before === undefined) return [];
  const isRunning = status !== 'inactive';
  if (!isRunning && lastEnd !== undefined && lastEnd.at !== before.lastEnd?.at) {
    const { reason, message: detail } = lastEnd;
    if (failures.has(reason)) return [{ kind: 'failed', sessionId, name, detail, isRunning }];
    return byItself.has(reason) ? [{ kind: 'ended', sessionId, name, detail, isRunning }] : [];
  }
  if (!isRunning || run === undefined) return [];
  const earlier = before.run?.id === run.id ? before.run : undefined;
  if (run.warnedAt !== undefined && earlier?.warnedAt === undefined) {
    return [{ kind: 'ending', sessionId, name, detail: run.endsAt ?? '', isRunning }];
  }
  const failed = failingFor(run) && !failingFor(earlier);
  const detail = run.renewalFailure?.message ?? '';
  return failed ? [{ kind: 'failed', sessionId, name, detail, isRunning }] : [];
}

/** Without a next try a person has declined, or has let a question expire: that was news then. */
function failingFor(run: ShellSession['run']): boolean {
  const failure = run?.renewalFailure;
  return failure?.nextTryAt !== undefined && failure.failures >= failuresUntilNews;
}
