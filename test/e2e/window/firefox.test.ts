import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasFirefox } from '../../../scripts/test/optional-programs.ts';
import { patience } from '../../support/see.ts';
import { accountId, computerForEachTest } from '../cli/computer.ts';

/* The main journey once more in Debian's Firefox, driven over WebDriver BiDi. */

describe.runIf(hasFirefox())('in Firefox', () => {
  const computer = computerForEachTest();
  let browser: Browser;
  beforeAll(async () => {
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: '/usr/bin/firefox-esr',
      headless: true,
    });
  });
  afterAll(async () => {
    await browser.close();
  });

  it('a session is added, tested, started, found by the palette, and stopped; Reload keeps it', async () => {
    const { accessKeyId, secretAccessKey } = await computer.admin.createUser({
      accountId,
      userName: 'anna',
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setViewport({ width: 1400, height: 820 });
    const { stdout } = await computer.stint(['ui', '--no-open']);
    await page.goto(stdout.trim());
    const see = (text: string) => page.locator(`::-p-text(${text})`).wait();

    await see('Add your first session');
    await page.keyboard.press('n');
    const fields = {
      sessionName: 'anna',
      region: 'eu-west-1',
      accessKeyId,
      secretAccessKey,
    };
    for (const [name, text] of Object.entries(fields)) {
      await page.locator(`dialog [id$="-${name}"]`).fill(text);
    }
    await page.locator('dialog button.test').click();
    await see(`It works: AWS knows you as arn:aws:iam::${accountId}:user/anna.`);
    await page.locator('dialog button.primary').click();
    await see('Never started');

    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    await page.locator('[aria-label="Search sessions and actions"]').wait();
    await page.keyboard.type('ann');
    await page.keyboard.press('Enter');
    await see('1 active');
    expect(await computer.credentialsFile()).toContain('[anna]');

    await page.reload();
    await see('1 active');
    await page.locator(`aside ::-p-xpath(.//button[normalize-space()='Stop'])`).click();
    await see('Stopped, ');
    await expect(computer.credentialsFile()).rejects.toMatchObject({ code: 'ENOENT' });
    expect(complaints).toEqual([]);
  });
});
