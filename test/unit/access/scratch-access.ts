import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { scopesOfRole, type Principal, type Role } from '../../../src/models/scope.ts';
import { settingsSchema } from '../../../src/models/settings.ts';
import { openAccess, type Access } from '../../../src/services/access/access.ts';
import type { Clock } from '../../../src/services/clock/clock.ts';
import { ServiceTimes } from '../../../src/services/clock/service-times.ts';
import { openHistory, type History } from '../../../src/services/history/history.ts';
import { openVault, type Vault } from '../../../src/services/vault/vault.ts';
import { keychainInMemory } from '../../support/keychain-in-memory.ts';

export interface ScratchAccess {
  readonly folder: string;
  readonly dbFile: string;
  readonly tokenFile: string;
  readonly vault: Vault;
  readonly history: History;
  /** Moves the clock on. */
  pass(seconds: number): void;
  readonly now: () => number;
  /** How many days a signing key signs. */
  keyDays: number;
  open(): Promise<Access>;
}

/** Settings that have no usual value. */
const locations = { awsCredentialsFile: '/a', awsConfigFile: '/b', azureConfigDir: '/c' };

/** Access over a real vault, in a scratch folder, at noon of a day in 2026. */
export async function scratchAccess(): Promise<ScratchAccess> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-access-'));
  let now = Date.UTC(2026, 0, 31, 12);
  const clock: Clock = { now: () => now, after: () => () => undefined };
  const file = join(folder, 'secrets.vault');
  const vault = await openVault({ file, method: 'keychain', keychain: keychainInMemory() });
  const history = openHistory({ file: join(folder, 'history.db'), clock });
  const opened: Access[] = [];
  onTestFinished(async () => {
    for (const access of opened) access.close();
    history.close();
    await rm(folder, { recursive: true, force: true });
  });
  const dbFile = join(folder, 'access.db');
  const tokenFile = join(folder, 'token');
  const scratch: ScratchAccess = {
    folder,
    dbFile,
    tokenFile,
    vault,
    history,
    now: () => now,
    keyDays: 30,
    pass: (seconds) => (now += seconds * 1000),
    open: async () => {
      const access = await openAccess({
        dbFile,
        tokenFile,
        windowKeyFile: join(folder, 'window.key'),
        secrets: vault,
        keyDays: () => scratch.keyDays,
        clock,
        elapsed: clock,
        history,
        issuerFile: join(folder, 'issuer.json'),
        network: {
          settings: () => settingsSchema.parse(locations),
          proxies: {},
          times: new ServiceTimes(clock),
        },
        log: { info: () => undefined },
        signal: new AbortController().signal,
      });
      opened.push(access);
      return access;
    },
  };
  return scratch;
}

/** A principal with all a role has, or fewer. */
export function principal(role: Role, fields: Partial<Principal> = {}): Principal {
  return { subject: role, role, scopes: new Set(scopesOfRole[role]), ...fields };
}

export const owner = principal('owner');
