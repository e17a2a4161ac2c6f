import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** How the page is shown. */
export const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
} as const;
type Look = keyof typeof looks;

/** The violations that axe finds on the page, one line per rule; in light and in dark if no looks are named. */
export async function findings(
  page: Page,
  inLooks: readonly Look[] = ['light', 'dark'],
): Promise<readonly string[]> {
  // Evaluated through the debugger, which the page's security policy does not restrict.
  await page.evaluate(axe);
  const found: string[] = [];
  for (const look of inLooks) {
    await page.emulateMedia(looks[look]);
    // The window follows the system a moment later.
    const theme = looks[look].colorScheme;
    await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { id, nodes } of violations) {
      const where = nodes.map(({ target }) => target.join(' ')).join(', ');
      found.push(`${look}, ${id}: ${where}`);
    }
  }
  await page.emulateMedia(looks.light);
  return found;
}
