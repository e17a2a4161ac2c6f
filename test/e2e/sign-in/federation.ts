import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { connectAdmin, type AdminClient } from '../../../practice-cloud/admin-client.ts';
import { startPracticeCloud, type PracticeCloud } from '../../../practice-cloud/practice-cloud.ts';
import type { IdentityProvider } from '../../../src/models/identity-provider.ts';
import { systemClock } from '../../../src/services/clock/clock.ts';
import {
  createBrowserSignIn,
  type BrowserSignInOptions,
} from '../../../src/services/sign-in/browser-sign-in.ts';
import type { SamlSignIn } from '../../../src/services/sign-in/saml-sign-in.ts';
import { secretsInMemory } from '../../support/secrets-in-memory.ts';

export const accountId = '447109328810';
export const roleArn = `arn:aws:iam::${accountId}:role/team/reader`;
export const session = { sessionId: randomUUID(), sessionName: 'reader' };

export interface Federation {
  readonly cloud: PracticeCloud;
  readonly admin: AdminClient;
  readonly idp: IdentityProvider;
  readonly idpArn: string;
  readonly password: string;
  readonly secrets: ReturnType<typeof secretsInMemory>;
  readonly folder: string;
  /** How often the person was there, and what the pages were called that they saw. */
  readonly seen: readonly string[];
  /** The real browser, with somebody at it who does as told; by default signs in as anna. */
  signIn(options?: Partial<BrowserSignInOptions>): SamlSignIn;
  /** Name, password and code, page by page. */
  person(page: Page): Promise<void>;
}

type Settings = Omit<Parameters<AdminClient['createSamlProvider']>[0], 'name' | 'accountId'>;

/** A practice cloud with an identity provider, and a profile folder, for one test. */
export async function federation(settings: Settings = {}): Promise<Federation> {
  const cloud = await startPracticeCloud();
  const folder = await mkdtemp(join(tmpdir(), 'stint-browser-'));
  onTestFinished(async () => {
    await cloud.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const admin = connectAdmin(cloud);
  const { idpArn, url } = await admin.createSamlProvider({ name: 'acme', accountId, ...settings });
  const partition = settings.partition ?? 'aws';
  const roles = [roleArn.replace('arn:aws:', `arn:${partition}:`)];
  const user = { idpArn, userName: 'anna' };
  const { password } = await admin.createSamlUser({ ...user, roles });
  const secrets = secretsInMemory();
  const seen: string[] = [];

  async function person(page: Page): Promise<void> {
    await page.getByLabel('User name').fill('anna');
    seen.push(await page.title());
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Next' }).click();
    if (settings.mfa !== true) return;
    await page.getByLabel('Code').fill(await admin.samlCode(user));
    seen.push(await page.title());
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  return {
    cloud,
    admin,
    idp: { idpId: randomUUID(), name: 'Acme', url },
    idpArn,
    password,
    secrets,
    folder,
    seen,
    person,
    signIn: (options = {}) =>
      createBrowserSignIn({
        folder: join(folder, 'browser'),
        secrets,
        clock: systemClock,
        rehearse: person,
        // What needs nobody does not come to need somebody because the machine is busy.
        silentPatience: 240_000,
        // No display: nothing is shown unless a test brings one.
        env: { PATH: process.env['PATH'] },
        ...options,
      }),
  };
}
