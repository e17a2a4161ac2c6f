import type { Page } from '@playwright/test';
import { see } from './see.ts';

/** Keeps what the window says in messages: a success is there for 5 s alone, which a busy machine can miss. */
export async function keepMessages(page: Page): Promise<void> {
  await page.addInitScript(`{
    const texts = (globalThis.messagesSoFar = []);
    const look = () => {
      for (const { textContent } of document.querySelectorAll('.toast p')) {
        const text = textContent.trim();
        if (texts.at(-1) !== text) texts.push(text);
      }
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  }`);
}

/** Waits until the window has said this in a message since its page was loaded, whether it is still there or not. */
export async function seeMessage(page: Page, part: string): Promise<void> {
  const isSaid = `messagesSoFar.some((text) => text.includes(${JSON.stringify(part)}))`;
  await see.poll(() => page.evaluate(isSaid)).toBe(true);
}

/** Resolves once the page has such an element with a text like this, even if it is gone at once. Call it before. */
export async function shownOnce(page: Page, selector: string, text = ''): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const isThere = () =>
      [...document.querySelectorAll(${JSON.stringify(selector)})].some(({ textContent }) =>
        new RegExp(${JSON.stringify(text)}).test(textContent),
      );
    const look = () => {
      if (!isThere()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    look();
  })`);
}
