import { expect } from '@playwright/test';

/**
 * How long a page may take for what a test does in it or waits for, in milliseconds: a busy machine may
 * take long, for example when the agent loads an SDK for the first time.
 */
export const patience = 120_000;

/** What a page should show: each assertion waits until it holds. */
export const see = expect.configure({ timeout: patience });
