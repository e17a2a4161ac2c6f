import type { Log } from '../log/log.ts';
import { secretsIn } from './secrets-in.ts';
import type { SecretStore } from './secret-store.ts';

/** Read once, and kept in memory. All others are hidden again at each use. */
const isInMemory = (name: string) => name.startsWith('access/');

/**
 * The same store; the secrets in whatever goes in or comes out no longer show in any log line. An
 * entry that cannot be used is logged once.
 */
export function hideFromLog(secrets: SecretStore, log: Pick<Log, 'hide' | 'warn'>): SecretStore {
  const reported = new Set<string>();
  /** A sync reads the same token for each account. */
  let hidden: string | undefined;
  const hide = (name: string, value: string) => {
    if (value === hidden) return;
    hidden = value;
    const lifetime = isInMemory(name) ? 'for good' : undefined;
    for (const secret of secretsIn(value)) log.hide(secret, lifetime);
  };
  return {
    async get(name) {
      const value = await secrets.get(name);
      if (value !== undefined) hide(name, value);
      return value;
    },
    async set(name, value) {
      hide(name, value);
      await secrets.set(name, value);
    },
    delete: (name) => secrets.delete(name),
    lacks: (name) => secrets.lacks(name),
    names: () => secrets.names(),
    reportUnusable(entry, why) {
      if (reported.has(entry)) return;
      reported.add(entry);
      log.warn('vault.entry-unusable', { entry, why });
    },
  };
}
