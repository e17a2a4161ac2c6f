import type { Prompt } from '../connection/owner-client.ts';

/** A question in the queue. It keeps its position and what has the focus while `key` is the same. */
export interface QueuedPrompt {
  readonly key: string;
  readonly prompt: Prompt;
  /** It was answered, and what the answer was for has not ended yet. */
  readonly checking: boolean;
}

/**
 * The queue after a change, oldest first. A question that is asked again because an answer was
 * refused takes the position of the one before: the next code must not go to another session.
 * `isPending`: whether what the prompt is for still waits.
 */
export function nextQueue(
  before: readonly QueuedPrompt[],
  open: readonly Prompt[],
  isPending: (prompt: Prompt) => boolean,
): readonly QueuedPrompt[] {
  const left = new Map(open.map((prompt) => [prompt.promptId, prompt]));
  const kept = before.flatMap((queued): readonly QueuedPrompt[] => {
    const same = left.get(queued.prompt.promptId);
    const again = same ?? (isCode(queued.prompt) ? askedAgain(queued, before, left) : undefined);
    if (again !== undefined) {
      left.delete(again.promptId);
      return [{ key: queued.key, prompt: again, checking: false }];
    }
    return isCode(queued.prompt) && isPending(queued.prompt) ? [{ ...queued, checking: true }] : [];
  });
  const added = [...left.values()].map((prompt) => ({
    key: prompt.promptId,
    prompt,
    checking: false,
  }));
  return [...kept, ...added];
}

/** Whether the question says that the last answer was refused. */
export function isRefusal({ kind, text }: Prompt): boolean {
  return kind === 'mfa' && !text.startsWith('MFA code for');
}

function isCode({ kind }: Prompt): boolean {
  return kind === 'mfa';
}

function askedAgain(
  { prompt }: QueuedPrompt,
  before: readonly QueuedPrompt[],
  left: ReadonlyMap<string, Prompt>,
): Prompt | undefined {
  const known = new Set(before.map((one) => one.prompt.promptId));
  return [...left.values()].find(
    (other) =>
      !known.has(other.promptId) &&
      other.kind === prompt.kind &&
      other.sessionId === prompt.sessionId &&
      other.device === prompt.device &&
      other.role === prompt.role,
  );
}

/** The title of the window: how many questions wait, and the first; the product's name alone for none. */
export function windowTitle(titles: readonly string[]): string {
  const [first] = titles;
  return first === undefined ? 'Stint' : `(${titles.length}) ${first} — Stint`;
}
