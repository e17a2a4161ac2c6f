import { clipboardHeader } from '../../src/models/clipboard-header.ts';
import type { Runtime } from '../runtime.ts';

/** How long credentials stay in the clipboard, in milliseconds. */
const keptFor = 60_000;

/** How long quitting waits for the clipboard, in milliseconds: on X11 another program may have to answer. */
const clearTime = 2000;

/**
 * What tells clipboard managers to keep no history of it, by platform: nspasteboard.org; Microsoft
 * Learn, "Clipboard formats"; KDE's Klipper.
 */
const concealed: Readonly<Record<string, string>> = {
  darwin: 'org.nspasteboard.ConcealedType',
  win32: 'ExcludeClipboardContentFromMonitorProcessing',
  linux: 'x-kde-passwordManagerHint',
};

export interface CopiedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Clears the clipboard at once if a copy is still in it, for quitting. Never rejects. */
  readonly clear: () => Promise<void>;
}

/**
 * `fetch` for the window, whose copies of credentials go to the clipboard here: the page learns only
 * that they did. The clipboard is cleared after a minute, unless something else is in it by then.
 */
export function copiedFetch(
  fetch: (request: Request) => Promise<Response>,
  { clipboard }: Pick<Runtime, 'clipboard'>,
  platform: NodeJS.Platform,
): CopiedFetch {
  let copied: { readonly text: string; readonly timer: NodeJS.Timeout } | undefined;
  const clear = async () => {
    if (copied === undefined) return;
    const { text, timer } = copied;
    clearTimeout(timer);
    copied = undefined;
    try {
      if ((await clipboard.readText()) === text) clipboard.clear();
    } catch {
      // Nobody can read it, so that nobody can tell whose it is.
    }
  };
  return {
    async fetch(request) {
      const answer = await fetch(request);
      // By the answer: a path can be spelled in many ways.
      if (!answer.headers.has(clipboardHeader)) return answer;
      const { text } = (await answer.json()) as { readonly text: string };
      const format = concealed[platform];
      await clipboard.write({
        'text/plain': text,
        ...(format === undefined
          ? {}
          : { [`electron application/osclipboard;format="${format}"`]: 'secret' }),
      });
      clearTimeout(copied?.timer);
      copied = { text, timer: setTimeout(() => void clear(), keptFor) };
      return Response.json({ text: '' }, { headers: { 'cache-control': 'no-store' } });
    },
    async clear() {
      const { promise: late, resolve } = Promise.withResolvers<undefined>();
      const timer = setTimeout(() => {
        resolve(undefined);
      }, clearTime);
      await Promise.race([clear(), late]);
      clearTimeout(timer);
    },
  };
}
