import type { Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

/** With STINT_PICTURES=1 each screen is pictured, for people to look at, in test-results/window. */
export const takesPictures = process.env['STINT_PICTURES'] === '1';

/** Colours change no layout: dark is there for pictures alone. */
export const colorSchemes = takesPictures ? (['light', 'dark'] as const) : (['light'] as const);

/** Expects that nothing is cut off sideways, and pictures the screen if pictures are wanted. */
export async function seeScreen(page: Page, name: string): Promise<void> {
  const sideways = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect([name, sideways]).toEqual([name, 0]);
  if (!takesPictures) return;
  const folder = join(root, 'test-results', 'window');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The picture in the README. */
export async function pictureForReadme(page: Page, name: string): Promise<void> {
  const images = join(root, 'docs', 'images');
  await mkdir(images, { recursive: true });
  await page.screenshot({ path: join(images, `${name}.png`) });
}
