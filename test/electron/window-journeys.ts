import { expect as see, type Page } from '@playwright/test';
import type { AdminClient } from '../../practice-cloud/admin-client.ts';

/*
 * What a person does in the window of the desktop app: played in real Chromium behind the stand-in,
 * and in real Electron where its runtime is.
 */

const details = (page: Page) => page.getByRole('complementary', { name: 'Details' });

/** Adds a session for a new user through the form; it is selected then. */
export async function addSession(
  page: Page,
  cloud: AdminClient,
  { userName, mfa = false }: { readonly userName: string; readonly mfa?: boolean },
): Promise<{ readonly mfaSerial: string }> {
  const user = await cloud.createUser({ accountId: '447109328810', userName, mfa });
  await page
    .getByRole('button', { name: /Add (your first )?session/ })
    .first()
    .click();
  await page.getByLabel('Name', { exact: true }).fill(userName);
  await page.getByLabel('Region').fill('eu-west-1');
  await page.getByLabel('Access key id').fill(user.accessKeyId);
  await page.getByLabel('Secret access key').fill(user.secretAccessKey);
  if (user.mfaSerial !== undefined) await page.getByLabel('MFA device').fill(user.mfaSerial);
  await page.getByRole('dialog').getByRole('button', { name: 'Add session' }).click();
  await see(details(page).getByText('never started')).toBeVisible();
  return { mfaSerial: user.mfaSerial ?? '' };
}

/** Starts the selected session, answering for its MFA device where it has one. */
export async function startSelected(page: Page, code?: () => Promise<string>): Promise<void> {
  await details(page).getByRole('button', { name: 'Start' }).click();
  if (code !== undefined) {
    await page.getByRole('textbox', { name: /MFA code/ }).fill(await code());
  }
  await see(details(page).getByText(/ left$/)).toBeVisible();
}

/** Stops the selected session and sees why it ended. */
export async function stopSelected(page: Page): Promise<void> {
  await details(page).getByRole('button', { name: 'Stop' }).click();
  await see(details(page).getByText(/^stopped, /)).toBeVisible();
}

/** Waits until the selected session was renewed without anybody's help. */
export async function seeRenewal(page: Page): Promise<void> {
  await see(details(page).getByText('renewed', { exact: true }).first()).toBeVisible({
    timeout: 20_000,
  });
}

/** Waits until somebody else has stopped the selected session. */
export async function seeStopped(page: Page): Promise<void> {
  await see(details(page).getByText(/^stopped, /)).toBeVisible();
}
