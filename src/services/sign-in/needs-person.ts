import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** How long a form has to stay to count as one that waits for a person, in milliseconds. */
const stay = 1_500;

const field =
  'input:is([type=text], [type=email], [type=password], [type=tel], [type=number], :not([type])) >> visible=true';

/**
 * Resolves once the page shows a form for a person and stays with it: pages that sign in by
 * themselves may show one for a moment. Never rejects; a page that asks in another way ends with the
 * deadline.
 */
export async function needsPerson(page: Page, signal: AbortSignal): Promise<void> {
  const fields = page.locator(field).first();
  try {
    for (;;) {
      await fields.waitFor({ timeout: 0 });
      const url = page.url();
      await pause(stay, undefined, { signal });
      if (page.url() === url && (await fields.isVisible())) return;
    }
  } catch {
    await new Promise(() => undefined);
  }
}
