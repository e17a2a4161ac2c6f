import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { copiedFetch } from '../../electron/owner/copied-fetch.ts';
import { clipboardHeader } from '../../src/models/clipboard-header.ts';

const secret = 'export AWS_SECRET_ACCESS_KEY=secret';

/** A clipboard, and the formats of what was last written. */
function desktop(platform: NodeJS.Platform) {
  let held = '';
  let formats: readonly string[] = [];
  const clipboard = {
    clear: () => void (held = ''),
    readText: () => Promise.resolve(held),
    write: (written: Readonly<Record<string, string>>) => {
      held = written['text/plain'] ?? '';
      formats = Object.keys(written);
      return Promise.resolve();
    },
  };
  const answer = () =>
    Promise.resolve(Response.json({ text: secret }, { headers: { [clipboardHeader]: '1' } }));
  const { fetch, clear } = copiedFetch(answer, { clipboard }, platform);
  return {
    copy: async () => await (await fetch(new Request('stint://app/v1/copy'))).json(),
    held: () => held,
    formats: () => formats,
    clipboard,
    clear,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('credentials that the window copies', () => {
  test('go to the clipboard without passing the page, and are gone after a minute', async () => {
    const { copy, held } = desktop('linux');
    expect(await copy()).toEqual({ text: '' });
    expect(held()).toBe(secret);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(held()).toBe(secret);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(held()).toBe('');
  });

  test('leave what somebody has copied since alone', async () => {
    const { copy, held, clipboard } = desktop('linux');
    await copy();
    await clipboard.write({ 'text/plain': 'a shopping list' });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(held()).toBe('a shopping list');
  });

  test('are gone a minute after they were copied again', async () => {
    const { copy, held } = desktop('linux');
    await copy();
    await vi.advanceTimersByTimeAsync(59_000);
    await copy();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(held()).toBe(secret);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(held()).toBe('');
  });

  test('are cleared at once when Stint quits, but nothing else is', async () => {
    const { copy, held, clipboard, clear } = desktop('linux');
    await clipboard.write({ 'text/plain': 'a shopping list' });
    await clear();
    expect(held()).toBe('a shopping list');
    await copy();
    await clear();
    expect(held()).toBe('');
    await copy();
    await clipboard.write({ 'text/plain': 'a shopping list' });
    await clear();
    expect(held()).toBe('a shopping list');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('do not keep Stint from quitting if the clipboard fails or does not answer', async () => {
    const { copy, clipboard, clear } = desktop('linux');
    await copy();
    clipboard.readText = () => Promise.reject(new Error('no clipboard'));
    await clear();
    await copy();
    clipboard.readText = () => Promise.withResolvers<string>().promise;
    const cleared = clear();
    await vi.advanceTimersByTimeAsync(2000);
    await cleared;
  });

  test.each([
    ['darwin', 'org.nspasteboard.ConcealedType'],
    ['win32', 'ExcludeClipboardContentFromMonitorProcessing'],
    ['linux', 'x-kde-passwordManagerHint'],
  ] as const)('are concealed from clipboard managers on %s', async (platform, format) => {
    const { copy, formats } = desktop(platform);
    await copy();
    expect(formats()).toEqual([
      'text/plain',
      `electron application/osclipboard;format="${format}"`,
    ]);
  });
});
