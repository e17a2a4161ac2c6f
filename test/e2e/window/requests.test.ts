import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

/*
 * What the page asks its owner for. After the first load, events bring what changed.
 */

const test = windowForEachTest();

/** The addresses that the page has read more than once since it was opened. The handshake has two steps. */
async function readAgain(page: Page): Promise<readonly string[]> {
  const paths = await page.evaluate<readonly string[]>(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)`,
  );
  const read = paths.filter((path) => path.startsWith('/v1/') && path !== '/v1/handshake');
  expect(read).toContain('/v1/sessions');
  return read.filter((path, index) => read.indexOf(path) !== index);
}

/**
 * The scripts and styles that have arrived, each with the bytes that came over the network. Files without a hash in
 * their names are not among them: they are asked for at each load.
 */
async function hashedFiles(page: Page): Promise<readonly (readonly [string, number])[]> {
  return await page.evaluate<readonly (readonly [string, number])[]>(
    `performance.getEntriesByType('resource')
      .filter(({ name }) => /-[\\w-]{8}\\.(js|css)$/.test(name))
      .map(({ name, transferSize }) => [name, transferSize])`,
  );
}

describe('after the first load', () => {
  it('sessions that are added, changed, started, stopped and removed come with their events: no list is read again', async () => {
    const { computer } = test;
    await computer.addUser('anna');
    const page = await test.open();
    await see(row(page, 'anna')).toBeVisible();
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
    expect((await readAgain(page)).filter((path) => !path.includes(sessionId))).toEqual([]);
  });

  it('the details of a session ask about that session alone', async () => {
    const { computer } = test;
    const { sessionId } = await computer.addUser('anna');
    await computer.addUser('ben');
    const page = await test.open();
    await row(page, 'anna').click();
    await see(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
    await computer.stint(['start', 'anna']);
    await see(page.getByText('started', { exact: true })).toBeVisible();
    expect((await readAgain(page)).filter((path) => !path.includes(sessionId))).toEqual([]);
  });

  it('a reload takes scripts and styles from the cache', async () => {
    const { page } = test;
    await see.poll(async () => (await hashedFiles(page)).length).toBeGreaterThan(0);
    // A file that the reload interrupts is not in the cache: those count that had arrived.
    const arrived = new Set((await hashedFiles(page)).map(([name]) => name));
    await page.reload();
    await see(page.getByText('Up to date')).toBeVisible();
    const again = (await hashedFiles(page)).filter(([name]) => arrived.has(name));
    expect(again).not.toEqual([]);
    expect(again.filter(([, bytes]) => bytes > 0)).toEqual([]);
  });
});
