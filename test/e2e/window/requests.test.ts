import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

/*
 * What the page asks its owner for. After the first load, events bring what changed.
 */

const test = windowForEachTest();

/** The requests of the page from now on, such as `GET /v1/sessions`. */
function requestsOf(page: Page): readonly string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return asked;
}

describe('after the first load', () => {
  it('sessions that are added, changed, started, stopped and removed come with their events: no list is read again', async () => {
    const { computer } = test;
    await computer.addUser('anna');
    const page = await test.open();
    await see(row(page, 'anna')).toBeVisible();
    const asked = requestsOf(page);
    const { sessionId } = await computer.addUser('ben');
    await see(row(page, 'ben')).toBeVisible();
    await computer.stint(['start', 'ben']);
    await see(page.getByText('1 active', { exact: true })).toBeVisible();
    await computer.stint(['session', 'edit', 'anna', '--name', 'hanna']);
    await see(row(page, 'hanna')).toBeVisible();
    await computer.stint(['stop', 'ben']);
    await see(page.getByText('0 active', { exact: true })).toBeVisible();
    await computer.stint(['session', 'remove', 'hanna', '--yes']);
    await see(row(page, 'hanna')).toHaveCount(0);
    // Which programs use an active session is asked about that session alone.
    expect(asked.filter((one) => !one.includes(sessionId))).toEqual([]);
  });

  it('the details of a session ask about that session alone', async () => {
    const { page, computer } = test;
    const { sessionId } = await computer.addUser('anna');
    await computer.addUser('ben');
    await row(page, 'anna').click();
    await see(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    const asked = requestsOf(page);
    await computer.stint(['start', 'anna']);
    await see(page.getByText('started', { exact: true })).toBeVisible();
    expect(asked.filter((one) => !one.includes(sessionId))).toEqual([]);
  });

  it('a reload takes scripts and styles from the cache', async () => {
    const { page } = test;
    await page.reload();
    await see(page.getByText('Up to date')).toBeVisible();
    const transferred = await page.evaluate<readonly (readonly [string, number])[]>(
      `performance.getEntriesByType('resource')
        .filter(({ name }) => /\\.(js|css)$/.test(name))
        .map(({ name, transferSize }) => [name, transferSize])`,
    );
    // Those without a hash in their names are asked for again: a line before the first drawing.
    const cached = transferred.filter(([name]) => /-[\w-]{8}\.(js|css)$/.test(name));
    expect(cached).not.toEqual([]);
    expect(cached.filter(([, bytes]) => bytes > 0)).toEqual([]);
  });
});
