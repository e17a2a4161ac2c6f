import { expect as see } from '@playwright/test';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { windowForEachTest } from './open-window.ts';

const test = windowForEachTest();

describe('stint ui', () => {
  it('opens a private page in the browser that leads to the window, and deletes it', async () => {
    const { page, computer } = test;
    // Stands for the browser: it keeps a copy of what it was given to open.
    const bin = join(computer.scratch.folder, 'bin');
    const copy = join(computer.scratch.folder, 'opened.html');
    const opener = join(bin, 'xdg-open');
    await mkdir(bin);
    await writeFile(opener, `#!/bin/sh\ncp "$1" '${copy}'\n`);
    await chmod(opener, 0o755);
    const ran = await computer.stint(['ui'], {
      env: { DISPLAY: ':1', PATH: `${bin}:${String(process.env['PATH'])}` },
    });
    expect(ran).toMatchObject({ code: 0, stdout: '' });

    const browser = page.context().browser();
    const fresh = await (await browser?.newContext())?.newPage();
    if (fresh === undefined) throw new Error('there is no browser');
    await fresh.goto(`file://${copy}`);
    await see(fresh.getByText('Up to date')).toBeVisible();
    expect(new URL(fresh.url()).hash).toBe('');
  });
});
