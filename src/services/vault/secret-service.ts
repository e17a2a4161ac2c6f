import { callSessionBus, type BusCall } from '../dbus/call-session-bus.ts';

/*
 * Looks at the Secret Service of Linux (freedesktop.org, "Secret Service API") without making it ask
 * for anything: libsecret answers a look-up in a locked collection as if the item did not exist, once
 * the person has cancelled its question or where it cannot ask one.
 */

const service = 'org.freedesktop.secrets';
const root = '/org/freedesktop/secrets';

/**
 * Whether the item is in a locked collection, or may be: it is nowhere else and the default collection
 * is locked. Undefined if the service cannot be asked, or has no collection yet.
 */
export async function isLockedAway(
  attributes: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Promise<boolean | undefined> {
  const found = await callSessionBus(searchItems(attributes), env);
  if (found === undefined) return undefined;
  // Two lists of paths: unlocked items, then locked ones.
  const [unlocked = '', locked = ''] = [...found.matchAll(/\[([^\]]*)\]/g)].map(([list]) => list);
  if (unlocked.includes(root)) return false;
  if (locked.includes(root)) return true;
  const isLocked = await callSessionBus(defaultCollectionIsLocked, env);
  return isLocked === undefined ? undefined : /\btrue\b/.test(isLocked);
}

function searchItems(attributes: Readonly<Record<string, string>>): BusCall {
  const pairs = Object.entries(attributes);
  return {
    service,
    path: root,
    method: 'org.freedesktop.Secret.Service.SearchItems',
    gdbus: [`{${pairs.map(([name, value]) => `'${name}': '${value}'`).join(', ')}}`],
    dbusSend: [`dict:string:string:${pairs.flat().join(',')}`],
  };
}

const defaultCollectionIsLocked: BusCall = {
  service,
  path: `${root}/aliases/default`,
  method: 'org.freedesktop.DBus.Properties.Get',
  gdbus: ['org.freedesktop.Secret.Collection', 'Locked'],
  dbusSend: ['string:org.freedesktop.Secret.Collection', 'string:Locked'],
};
