import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');

/** The violations that axe finds on the page in light and in dark, one line per rule. */
export async function findings(page: Page): Promise<readonly string[]> {
  // Evaluated through the debugger, which the page's security policy does not restrict.
  await page.evaluate(axe);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { id, nodes } of violations) {
      const where = nodes.map(({ target }) => target.join(' ')).join(', ');
      found.push(`${colorScheme}, ${id}: ${where}`);
    }
  }
  return found;
}
