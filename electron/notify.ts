import type { Runtime, ShellNotification } from './runtime.ts';

/** Shown ones, until they are clicked: a collected notification does not answer. */
const shown = new Set<ShellNotification>();
const mostKept = 20;

/** A notification of the desktop, where it has any; everything told is also in the window. */
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
