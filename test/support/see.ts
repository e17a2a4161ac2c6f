import { expect } from '@playwright/test';

/**
 * What a page should show: each assertion waits until it holds. A busy machine may take long for that,
 * for example when the agent loads an SDK for the first time.
 */
export const see = expect.configure({ timeout: 30_000 });
