import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** How the page is shown. */
export const appearances = {
  light: { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', forcedColors: 'none', contrast: 'no-preference' },
  'more contrast, light': { colorScheme: 'light', forcedColors: 'none', contrast: 'more' },
  'more contrast, dark': { colorScheme: 'dark', forcedColors: 'none', contrast: 'more' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active', contrast: 'no-preference' },
} as const;
type Appearance = keyof typeof appearances;
export const allAppearances = Object.keys(appearances) as readonly Appearance[];

/** The violations that axe finds on the page, one line per rule; in light and in dark if no appearances are named. */
export async function findings(
  page: Page,
  wanted: readonly Appearance[] = ['light', 'dark'],
): Promise<readonly string[]> {
  // Evaluated through the debugger, which the page's security policy does not restrict.
  await page.evaluate(axe);
  const found: string[] = [];
  for (const appearance of wanted) {
    await page.emulateMedia(appearances[appearance]);
    const { colorScheme, contrast } = appearances[appearance];
    // The window follows the system a moment later.
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor({ state: 'attached' });
    // Only colours differ between the appearances. More contrast is 7:1 (WCAG 2.2, 1.4.6).
    const rule = contrast === 'more' ? 'color-contrast-enhanced' : 'color-contrast';
    const rules = appearance === wanted[0] ? '' : `{ runOnly: ["${rule}"] }`;
    const { violations } = await page.evaluate<AxeResults>(`axe.run(${rules})`);
    for (const { id, nodes } of violations) {
      const where = nodes.map(({ target }) => target.join(' ')).join(', ');
      found.push(`${appearance}, ${id}: ${where}`);
    }
  }
  await page.emulateMedia(appearances.light);
  return found;
}
