import type { Runtime, ShellNotification } from './runtime.ts';

/** Shown notifications, kept until they are clicked: a garbage-collected one ignores clicks. */
const shown = new Set<ShellNotification>();
const mostKept = 20;

/** Shows a desktop notification if the desktop has any; the window shows the same. */
export function notify(
  { Notification }: Pick<Runtime, 'Notification'>,
  words: { readonly title: string; readonly body: string },
  onClick: () => void,
): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(words);
  shown.add(notification);
  for (const oldest of shown) {
    if (shown.size <= mostKept) break;
    shown.delete(oldest);
  }
  notification.on('click', () => {
    shown.delete(notification);
    onClick();
  });
  notification.show();
}
