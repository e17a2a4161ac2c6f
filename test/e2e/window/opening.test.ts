import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newWindow } from '../../support/new-window.ts';
import { see } from '../../support/see.ts';
import { windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

describe('stint ui', () => {
  it('opens a private page that leads to the window, and ends when the window is open', async () => {
    const { page, computer } = test;
    // In place of the browser: it keeps a copy of the page to open.
    const bin = join(computer.scratch.folder, 'bin');
    const copy = join(computer.scratch.folder, 'opened.html');
    const opener = join(bin, 'xdg-open');
    await mkdir(bin);
    await writeFile(opener, `#!/bin/sh\ncp "$1" '${copy}.part' && mv '${copy}.part' '${copy}'\n`);
    await chmod(opener, 0o755);
    const ran = computer.stint(['ui'], {
      env: { DISPLAY: ':1', PATH: `${bin}:${String(process.env['PATH'])}` },
    });
    await see.poll(() => existsSync(copy)).toBe(true);

    const browser = page.context().browser();
    if (browser === null) throw new Error('there is no browser');
    const fresh = await newWindow(browser);
    await fresh.goto(`file://${copy}`);
    await see(fresh.getByText('Up to date')).toBeVisible();
    await see.poll(() => new URL(fresh.url()).hash).toBe('');
    expect(await ran).toMatchObject({ code: 0 });
  });
});

it('what is drawn before the scripts are there has the theme that the person chose', async () => {
  const { page } = test;
  const { origin } = new URL(page.url());
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.route(/\/main-[^/]+\.js$/, (route) => route.abort());
  await page.goto(origin);
  await see(page.locator('.opening')).toBeVisible();
  await see(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
