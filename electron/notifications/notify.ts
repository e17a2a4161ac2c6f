import type { ShellAction } from '../actions/shell-action.ts';
import type { Runtime, ShellNotification } from '../runtime.ts';
import type { Announcement } from './announcement.ts';

/** Shown notifications, kept until they are gone: a garbage-collected one ignores clicks. */
const shown = new Set<ShellNotification>();
const mostKept = 20;

/**
 * Shows a desktop notification, and returns it, if the desktop has any; the window shows the same.
 * `act`: what its click, its actions and its reply do.
 */
export function notify(
  { Notification }: Pick<Runtime, 'Notification'>,
  { title, body, click, actions, reply }: Announcement,
  act: (action: ShellAction) => unknown,
): ShellNotification | undefined {
  if (!Notification.isSupported()) return undefined;
  const notification = new Notification({
    title,
    body,
    ...(actions.length === 0
      ? {}
      : { actions: actions.map(({ label }) => ({ type: 'button' as const, text: label })) }),
    ...(reply === undefined ? {} : { hasReply: true, replyPlaceholder: reply.placeholder }),
  });
  shown.add(notification);
  for (const oldest of shown) {
    if (shown.size <= mostKept) break;
    shown.delete(oldest);
  }
  const answer = (action: ShellAction | undefined) => {
    shown.delete(notification);
    if (action !== undefined) act(action);
  };
  notification.on('click', () => {
    answer(click);
  });
  notification.on('action', ({ actionIndex }) => {
    answer(actions[actionIndex]?.action);
  });
  notification.on('reply', ({ reply: typed }) => {
    if (reply === undefined) return;
    answer({ kind: 'answer', promptId: reply.promptId, answer: typed });
  });
  notification.show();
  return notification;
}
