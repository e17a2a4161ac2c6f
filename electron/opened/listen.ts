import type { AppShell } from '../runtime.ts';
import { openedByArguments, openedByFile, openedByLink, type Opened } from './opened.ts';

/**
 * Listens to what the system asks Stint to open, from before it is ready: macOS sends events, Linux and
 * Windows start the program again with arguments. What comes before `ready` is called waits for it.
 */
export function listenForOpened(
  app: AppShell,
  args: readonly string[],
  folder: string,
): { readonly ready: (open: (opened: Opened) => void) => void } {
  let open: ((opened: Opened) => void) | undefined;
  const waiting: Opened[] = [];
  const take = (opened: Opened) => {
    if (open === undefined) waiting.push(opened);
    else open(opened);
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take(openedByLink(url));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take(openedByFile(path, folder));
  });
  app.on('second-instance', (_event, others, from) => {
    take(openedByArguments(others, from) ?? { kind: 'show' });
  });
  const first = openedByArguments(args, folder);
  if (first !== undefined) take(first);
  return {
    ready(then) {
      open = then;
      for (const opened of waiting.splice(0)) then(opened);
    },
  };
}
