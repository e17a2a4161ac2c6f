import { v4 as uuid } from 'uuid';
import { Problem } from '../../models/problem.ts';
import type { Prompt, PromptAnswer } from '../../models/prompt.ts';
import { toInstant } from '../../models/time.ts';
import type { Clock } from '../clock/clock.ts';
import { currentActor } from '../log/request-scope.ts';
import type { EventLog } from '../events/event-log.ts';

export type Question = Omit<Prompt, 'promptId' | 'expiresAt' | 'askedBy'> & {
  /** When nobody needs to answer any more, in milliseconds of the service's clock. */
  readonly deadline: number;
};

/** Thrown to the caller when a person, or the end of the process, cancelled the question. */
export class PromptCancelled extends Error {
  override readonly name = 'PromptCancelled';
}

type Outcome = 'answered' | 'cancelled' | 'expired';

/** How many closed questions are remembered, so that a late answer learns how they ended. */
const remembered = 500;

interface Open {
  readonly prompt: Prompt;
  readonly finish: (outcome: Outcome, answer?: string) => void;
  /** Tries the answer; throws to refuse it. */
  readonly take: ((answer: string) => Promise<void>) | undefined;
}

/**
 * Where questions wait for a person. Any client may answer; the first answer counts, and every
 * question ends by itself at its deadline.
 */
export class PromptService {
  readonly #clock: Clock;
  readonly #events: EventLog;
  readonly #open = new Map<string, Open>();
  readonly #closed = new Map<string, Outcome>();
  /** Why nothing is asked any more. */
  #closedBecause: string | undefined;

  /** `clock`: one that nobody sets, so that no question ends early. */
  constructor(options: { readonly clock: Clock; readonly events: EventLog }) {
    this.#clock = options.clock;
    this.#events = options.events;
  }

  list(): readonly Prompt[] {
    return [...this.#open.values()].map(({ prompt }) => prompt);
  }

  /** Calls `watcher` with each new question; the returned function ends that. */
  watch(watcher: (prompt: Prompt) => void): () => void {
    return this.#events.subscribe(({ event }) => {
      if (event.type === 'prompt') watcher(event.prompt);
    });
  }

  /**
   * Asks and waits. Throws PromptCancelled when a person gives up or the process ends, Problem
   * 'prompt-expired' at the deadline, and the signal's reason when the work is cancelled.
   */
  async ask(question: Question, signal: AbortSignal): Promise<string> {
    return await this.open(question, signal).answer;
  }

  /**
   * Asks something that may also be done elsewhere, such as a sign-in in a browser: `close` then
   * closes the question as answered. `answer` is what `ask` would give.
   */
  open(
    question: Question,
    signal: AbortSignal,
  ): { readonly answer: Promise<string>; readonly close: () => void } {
    let close = (): void => undefined;
    const answer = new Promise<string>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      if (this.#closedBecause !== undefined) {
        reject(new PromptCancelled(this.#closedBecause));
        return;
      }
      if (question.deadline <= this.#clock.now()) {
        reject(unanswered(question));
        return;
      }
      let onAbort = (): void => undefined;
      const prompt = this.#raise(question, undefined, (outcome, answer) => {
        signal.removeEventListener('abort', onAbort);
        if (outcome === 'answered') resolve(answer ?? '');
        else if (outcome === 'expired') reject(unanswered(question));
        else reject(new PromptCancelled(this.#closedBecause ?? 'Somebody cancelled the question.'));
      });
      onAbort = () => {
        this.#close(prompt.promptId, 'cancelled');
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      close = () => {
        this.#close(prompt.promptId, 'answered');
      };
    });
    answer.catch(() => undefined);
    return { answer, close };
  }

  /**
   * A question whose answer is tried at once, and which stays open while the answer is refused:
   * `take` throws to refuse. For questions that no work waits for, such as the unlock.
   */
  post(question: Question, take: (answer: string) => Promise<void>): Prompt {
    return this.#raise(question, take, () => undefined);
  }

  /**
   * The first answer counts. Throws Problem 'prompt-closed' for a prompt that is closed, 'not-found'
   * for one that never was, and 'invalid-request' for what cannot be an answer; the question stays
   * open then.
   */
  async answer(promptId: string, answer: PromptAnswer): Promise<void> {
    const open = this.#open.get(promptId);
    if (open === undefined) {
      const outcome = this.#closed.get(promptId);
      const next = 'List the open ones with `stint prompt list`.';
      throw outcome === undefined
        ? new Problem('not-found', { detail: `There is no question ${promptId}.`, next })
        : new Problem('prompt-closed', {
            detail: `The question ${promptId} is closed: it was ${outcome}.`,
            next,
          });
    }
    if ('cancel' in answer) {
      this.#close(promptId, 'cancelled');
      return;
    }
    if (open.prompt.kind === 'sign-in-window') throw answeredThere();
    const given = open.prompt.kind === 'mfa' ? mfaCodeIn(answer.answer) : answer.answer;
    if (open.take !== undefined) await open.take(given);
    this.#close(promptId, 'answered', given);
  }

  /** Closes a question as answered: what it asked for was done elsewhere. */
  resolve(promptId: string): void {
    this.#close(promptId, 'answered');
  }

  /** Cancels every open question and asks nothing any more. `reason`: a sentence for people. */
  closeAll(reason: string): void {
    this.#closedBecause = reason;
    for (const promptId of [...this.#open.keys()]) this.#close(promptId, 'cancelled');
  }

  #raise(question: Question, take: Open['take'], finish: Open['finish']): Prompt {
    const { deadline, ...rest } = question;
    const askedBy = currentActor();
    const prompt: Prompt = {
      promptId: uuid(),
      ...rest,
      ...(askedBy === undefined ? {} : { askedBy }),
      expiresAt: toInstant(this.#onMachine(deadline)),
    };
    if (this.#closedBecause !== undefined) {
      this.#remember(prompt.promptId, 'cancelled');
      return prompt;
    }
    let cancelTimer = (): void => undefined;
    const wait = () => {
      const left = deadline - this.#clock.now();
      if (left <= 0) this.#close(prompt.promptId, 'expired');
      else cancelTimer = this.#clock.after(left, wait);
    };
    this.#open.set(prompt.promptId, {
      prompt,
      take,
      finish: (outcome, answer) => {
        cancelTimer();
        finish(outcome, answer);
      },
    });
    this.#events.publish({ type: 'prompt', prompt });
    wait();
    return prompt;
  }

  #onMachine(instant: number): number {
    return instant - (this.#clock.offset ?? 0);
  }

  #close(promptId: string, outcome: Outcome, answer?: string): void {
    const open = this.#open.get(promptId);
    if (open === undefined) return;
    this.#open.delete(promptId);
    this.#remember(promptId, outcome);
    open.finish(outcome, answer);
    this.#events.publish({ type: 'prompt-closed', promptId, outcome });
  }

  #remember(promptId: string, outcome: Outcome): void {
    this.#closed.set(promptId, outcome);
    const [oldest] = this.#closed.keys();
    if (this.#closed.size > remembered && oldest !== undefined) this.#closed.delete(oldest);
  }
}

/** The window itself is where the person answers. */
function answeredThere(): Problem {
  return new Problem('invalid-request', {
    detail: 'A sign-in window is open, and the answer is given there.',
    next: 'Sign in in the window, or close it with `stint prompt cancel`.',
    errors: [{ field: 'answer', message: 'must be given in the sign-in window' }],
  });
}

function unanswered({ text, sessionId }: Question): Problem {
  return new Problem('prompt-expired', {
    detail: `Nobody answered in time: ${text}`,
    next: 'Start it again when somebody is there to answer.',
    sessionId,
  });
}

/**
 * The six digits of a code (STS API Reference, "TokenCode"), also as devices show them, in two groups.
 * Throws Problem 'invalid-request' for anything else: AWS would repeat it in its refusal.
 */
function mfaCodeIn(answer: string): string {
  const code = answer.replaceAll(/[\s-]/g, '');
  if (/^\d{6}$/.test(code)) return code;
  const message = 'must be the six digits that the device shows';
  throw new Problem('invalid-request', {
    detail: 'An MFA code has six digits.',
    next: 'Enter the code that the device shows now.',
    errors: [{ field: 'answer', message }],
  });
}
