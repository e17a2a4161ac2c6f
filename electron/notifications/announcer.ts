import type { Clock } from '../../src/services/clock/clock.ts';
import type { ShellAction } from '../actions/shell-action.ts';
import type { ShellState } from '../feed/shell-state.ts';
import type { Runtime, ShellNotification } from '../runtime.ts';
import { announcement } from './announcement.ts';
import { dueAt, gathered, stillOpen, type Gathering } from './gathering.ts';
import { newsBetween, type News } from './news.ts';
import { notify } from './notify.ts';

export interface Announcer {
  /** Takes the current state; what is new is announced once nothing more happens. */
  show(state: ShellState): void;
  /** The computer has slept. */
  woke(): void;
  end(): void;
}

export interface AnnouncerParts {
  readonly runtime: Pick<Runtime, 'Notification'>;
  readonly platform: NodeJS.Platform;
  readonly act: (action: ShellAction) => unknown;
  readonly isWindowInFront: () => boolean;
  readonly clock: Pick<Clock, 'now' | 'after'>;
}

/** Announces what happens to sessions: many things at once in one notification. */
export function createAnnouncer(parts: AnnouncerParts): Announcer {
  const { runtime, platform, act, isWindowInFront, clock } = parts;
  let state: ShellState | undefined;
  let gathering: Gathering | undefined;
  let wokeAt: number | undefined;
  let cancel = (): void => undefined;
  /** Shown notifications about nothing but these questions: they go with the last of them. */
  const asking = new Map<ShellNotification, readonly string[]>();

  return {
    show(next) {
      // While the owner changes, what was known before stays the measure.
      if (!next.reachable) return;
      const news =
        state === undefined ? [] : newsBetween(state, next, { windowInFront: isWindowInFront() });
      state = next;
      closeAnswered(openPrompts());
      gathering = gathered(gathering, news, clock.now());
      if (news.length > 0) plan();
    },
    woke() {
      wokeAt = clock.now();
    },
    end() {
      cancel();
    },
  };

  function plan(): void {
    cancel();
    if (gathering === undefined) return;
    cancel = clock.after(dueAt(gathering, wokeAt) - clock.now(), announce);
  }

  function announce(): void {
    const [first, ...others] = stillOpen(gathering?.news ?? [], openPrompts());
    gathering = undefined;
    if (first === undefined) return;
    const shown = notify(runtime, announcement([first, ...others], platform), act);
    const prompts = [first, ...others].map(promptOf);
    if (shown !== undefined && !prompts.includes(undefined)) {
      asking.set(
        shown,
        prompts.filter((id) => id !== undefined),
      );
    }
  }

  function openPrompts(): ReadonlySet<string> {
    return new Set(state?.prompts.map(({ promptId }) => promptId));
  }

  function closeAnswered(open: ReadonlySet<string>): void {
    for (const [notification, prompts] of asking) {
      if (prompts.some((id) => open.has(id))) continue;
      asking.delete(notification);
      notification.close();
    }
  }
}

function promptOf(news: News): string | undefined {
  return news.kind === 'question' ? news.prompt.promptId : undefined;
}
