import { expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { see } from '../../support/see.ts';
import { goTo, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
/** More entries than the page reads at a time. */
const many = 120;

it('a history of more than a page is read page by page, the second once', async () => {
  const { page, computer } = test;
  const { sessionId } = await computer.addUser('anna');
  for (let at = 0; at < many; at += 1) {
    await callOwner(computer.scratch, 'PATCH', `/v1/sessions/${sessionId}`, {
      labels: [`label-${at}`],
    });
  }
  /** Where the pages after the first begin. */
  const read: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/v1/history' && searchParams.has('cursor')) {
      read.push(searchParams.get('cursor'));
    }
  });
  await goTo(page, 'History');
  const main = page.getByRole('main');
  const newest = main.getByRole('button', { name: /Session changed/ }).first();
  await see(newest).toBeVisible();
  await newest.focus();
  await page.keyboard.press('End');
  await see(main.getByRole('button', { name: /Session added/ })).toBeAttached();
  expect(read).toHaveLength(1);
});
