import { afterEach, describe, expect, it } from 'vitest';
import { see } from '../../support/see.ts';
import { row, windowForEachTest } from './open-window.ts';

const test = windowForEachTest();
const details = () => test.page.getByRole('complementary', { name: 'Details' });

afterEach(async () => {
  await test.computer.admin.setOverrides({ latencyMs: 0 });
});

describe('stopping does not wait', () => {
  it('for a start that AWS does not answer', async () => {
    const { page, computer } = test;
    await computer.addUser('slow');
    await computer.admin.setOverrides({ latencyMs: 60_000 });
    await row(page, 'slow').click();
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText('Starting…')).toBeVisible();
    await details().getByRole('button', { name: 'Stop' }).click();
    await see(details().getByText(/^Start cancelled, /)).toBeVisible();
    await see(details().getByRole('button', { name: 'Start' })).toBeEnabled();
    expect(await computer.credentialsFile().catch(() => '')).not.toContain('[slow]');
  });

  it('for a renewal that AWS does not answer', async () => {
    const { page, computer } = test;
    await computer.addUser('slow');
    await row(page, 'slow').click();
    await details().getByRole('button', { name: 'Start' }).click();
    await see(details().getByText(/ left$/)).toBeVisible();
    await computer.admin.setOverrides({ latencyMs: 60_000 });
    await details().getByRole('button', { name: 'Rotate' }).click();
    await see(details().getByRole('button', { name: 'Rotate' })).toBeDisabled();
    await details().getByRole('button', { name: 'Stop' }).click();
    await see(details().getByText(/^Stopped, /)).toBeVisible();
    await see.poll(() => computer.credentialsFile().catch(() => '')).not.toContain('[slow]');
  });
});
