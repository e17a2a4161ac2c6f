import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAdmin } from '../../practice-cloud/admin-client.ts';
import { makeScratch, stint, type PracticeCloudProcess, type Scratch } from '../demo/scratch.ts';
import { expiry, type PracticeSession } from './practice-session.ts';

const name = 'Payments';
const userName = 'fred@contoso.example';
/** Longest time for the sign-in to arrive, in seconds. */
const patience = 60;

/** A computer that sees Azure under Microsoft's own names, and a person signed in to a tenant. */
export async function practiceAzure(
  cloud: PracticeCloudProcess,
  grantedSeconds: number,
): Promise<PracticeSession> {
  const admin = connectAdmin(cloud);
  const made = await makeScratch(cloud);
  const { AZURE_AUTHORITY_HOST, AZURE_RESOURCE_MANAGER_URL, ...env } = made.env;
  const scratch: Scratch = {
    ...made,
    env: { ...env, HTTPS_PROXY: cloud.azureProxy, AZURE_CORE_COLLECT_TELEMETRY: 'false' },
  };
  const { tenantId } = await admin.createTenant({ domain: 'contoso.example' });
  await admin.createEntraUser({ tenant: tenantId, userName });
  await admin.createSubscription({ tenant: tenantId, name, principals: [userName] });
  await admin.setOverrides({ deviceIntervalSeconds: 1 });
  await stint(scratch, [
    'integration',
    'add',
    'azure',
    '--name',
    'contoso',
    '--tenant-id',
    tenantId,
  ]);
  await stint(scratch, ['integration', 'login', 'contoso', '--device-code'], { expected: 4 });
  const { code = '' } = await until(async () => {
    const items = await shown<readonly { readonly code?: string }[]>(scratch, [
      'prompt',
      'list',
      '--json',
    ]);
    return items.find((prompt) => prompt.code !== undefined);
  });
  await admin.confirmDeviceCode({ userCode: code, userName });
  await until(async () => {
    const words = ['integration', 'show', 'contoso', '--json'];
    const { status } = await shown<{ readonly status: string }>(scratch, words);
    return status === 'logged-in' ? status : undefined;
  });
  await stint(scratch, ['integration', 'sync', 'contoso']);

  return {
    scratch,
    name,
    identity: tenantId,
    surroundings: { stsEndpoint: '', signatureEndpoint: '', accountId: '', inputs: '' },
    env: scratch.env,
    async tidy() {
      // An older az cannot load what a newer one has pickled here.
      const files = await readdir(scratch.folder, { recursive: true });
      for (const file of files.filter((one) => one.endsWith('msal_http_cache.bin'))) {
        await rm(join(scratch.folder, file), { force: true });
      }
    },
    signatures: () => 0,
    async start(lifetime) {
      await admin.setOverrides({ grantedSeconds: lifetime === 'long' ? null : grantedSeconds });
      await stint(scratch, ['start', name]);
    },
    async renewed(lifetime) {
      if (lifetime === 'long') await stint(scratch, ['rotate', name]);
      else await expiry(grantedSeconds);
    },
    async stop(lifetime) {
      await stint(scratch, ['stop', name]);
      if (lifetime === 'short') await expiry(grantedSeconds);
    },
    async remove() {
      await stint(scratch, ['agent', 'stop']).catch(() => undefined);
      await scratch.remove();
    },
  };
}

async function shown<T>(scratch: Scratch, words: readonly string[]): Promise<T> {
  return JSON.parse(await stint(scratch, words)) as T;
}

async function until<T>(check: () => Promise<T | undefined>): Promise<T> {
  for (let seconds = 0; seconds < patience; seconds += 1) {
    const found = await check();
    if (found !== undefined) return found;
    await pause(1000);
  }
  throw new Error('The sign-in to the practice tenant did not arrive.');
}
