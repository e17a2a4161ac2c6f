import { clipboardHeader } from '../../src/models/clipboard-header.ts';
import type { Runtime } from '../runtime.ts';

/** How long credentials stay in the clipboard, in milliseconds. */
const keptFor = 60_000;

/**
 * What tells clipboard managers to keep no history of it, by platform: nspasteboard.org; Microsoft
 * Learn, "Clipboard formats"; KDE's Klipper.
 */
const concealed: Readonly<Record<string, string>> = {
  darwin: 'org.nspasteboard.ConcealedType',
  win32: 'ExcludeClipboardContentFromMonitorProcessing',
  linux: 'x-kde-passwordManagerHint',
};

/**
 * `fetch` for the window, whose copies of credentials go to the clipboard here: the page learns only
 * that they did. The clipboard is cleared after a minute, unless something else is in it by then.
 */
export function copiedFetch(
  fetch: (request: Request) => Promise<Response>,
  { clipboard }: Pick<Runtime, 'clipboard'>,
  platform: NodeJS.Platform,
): (request: Request) => Promise<Response> {
  const clear = async (text: string) => {
    if ((await clipboard.readText()) === text) clipboard.clear();
  };
  return async (request) => {
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
    setTimeout(() => {
      clear(text).catch(() => undefined);
    }, keptFor);
    return Response.json({ text: '' }, { headers: { 'cache-control': 'no-store' } });
  };
}
