import type { Page } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'vitest';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const many = 5000;

/** As many sessions as an organisation may have, written to the workspace file. */
async function withManySessions(): Promise<Page> {
  const { computer } = test;
  await computer.addUser('session-0000');
  await computer.stint(['agent', 'stop']);
  const file = join(computer.scratch.home, 'workspace.json');
  const workspace = JSON.parse(await readFile(file, 'utf8')) as { sessions: object[] };
  const [first] = workspace.sessions;
  for (let at = 1; at < many; at += 1) {
    const name = `session-${String(at).padStart(4, '0')}`;
    const own = { sessionId: randomUUID(), sessionName: name, profileName: `profile-${at}` };
    workspace.sessions.push({ ...first, ...own });
  }
  await writeFile(file, JSON.stringify(workspace, null, 2));
  return await test.open();
}

it('thousands of sessions are drawn a screenful at a time, and every one can be reached', async () => {
  const page = await withManySessions();
  const { keyboard } = page;
  await see(page.getByRole('button', { name: 'All sessions' })).toContainText(String(many));
  await see(row(page, 'session-0000')).toBeVisible();
  const drawn = () => page.getByRole('row').count();
  await see.poll(drawn).toBeLessThan(60);

  await row(page, 'session-0001').click();
  await keyboard.press('End');
  await see(row(page, 'session-4999')).toBeFocused();
  await see(row(page, 'session-4999')).toBeInViewport({ ratio: 1 });
  await keyboard.press('ArrowUp');
  await see(row(page, 'session-4998')).toBeFocused();
  // Screen readers get the number of all rows, with the head and the group title.
  await see(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(many + 2));
  await see(row(page, 'session-4998')).toHaveAttribute('aria-rowindex', String(many + 1));

  // Scrolled away, the row keeps the focus, and the next key returns to it.
  await page.getByRole('grid').hover();
  await page.mouse.wheel(0, -100_000);
  await see(row(page, 'session-2500')).toBeHidden();
  await see(row(page, 'session-4998')).toBeFocused();
  await keyboard.press('ArrowUp');
  await see(row(page, 'session-4997')).toBeInViewport({ ratio: 1 });
  await see.poll(drawn).toBeLessThan(60);

  await page.getByRole('searchbox').fill('2500');
  await see(row(page, 'session-2500')).toBeInViewport({ ratio: 1 });
  await see.poll(drawn).toBeLessThan(10);
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await keyboard.press('/');
  await keyboard.press('ArrowDown');
  await see(row(page, 'session-4999')).toBeFocused();
});

it('a focused row is never under the head of the list', async () => {
  const page = await withManySessions();
  const { keyboard } = page;
  await row(page, 'session-0001').click();
  for (let step = 0; step < 30; step += 1) await keyboard.press('ArrowDown');
  await see(row(page, 'session-0031')).toBeFocused();
  for (let step = 0; step < 25; step += 1) await keyboard.press('ArrowUp');
  await see(row(page, 'session-0006')).toBeFocused();
  /** In pixels; negative under the head. */
  const below = async () => {
    const head = await page.getByRole('columnheader', { name: 'Region' }).boundingBox();
    const focused = await row(page, 'session-0006').boundingBox();
    return (focused?.y ?? -1) - ((head?.y ?? 0) + (head?.height ?? 0));
  };
  await see.poll(below).toBeGreaterThanOrEqual(0);
});

it('a check box that is scrolled away leaves the focus to no other session', async () => {
  const page = await withManySessions();
  await row(page, 'session-0003').getByRole('checkbox').click();
  await see(page.getByRole('checkbox', { name: 'Select session-0003' })).toBeFocused();
  await page.getByRole('grid').hover();
  await page.mouse.wheel(0, 50_000);
  await see(row(page, 'session-0003')).toHaveCount(0);
  await page.keyboard.press('Space');
  await see(page.getByRole('toolbar', { name: 'Actions on' })).toContainText('1 selected');
});
