import type { Log } from '../log/log.ts';
import type { SecretStore } from './secret-store.ts';

/** The members of kept secrets that are secret themselves; the rest is dates and account numbers. */
const secretMembers = new Set(['accessKeyId', 'secretAccessKey', 'sessionToken']);

/** The same store; whatever goes in or comes out is from then on taken out of every log line. */
export function hideFromLog(secrets: SecretStore, log: Pick<Log, 'hide'>): SecretStore {
  return {
    async get(name) {
      const value = await secrets.get(name);
      if (value !== undefined) hide(value, log);
      return value;
    },
    async set(name, value) {
      hide(value, log);
      await secrets.set(name, value);
    },
    delete: (name) => secrets.delete(name),
    names: () => secrets.names(),
  };
}

function hide(value: string, log: Pick<Log, 'hide'>): void {
  try {
    JSON.parse(value, (member, part: unknown) => {
      if (secretMembers.has(member) && typeof part === 'string') log.hide(part);
      return part;
    });
  } catch {
    log.hide(value);
  }
}
