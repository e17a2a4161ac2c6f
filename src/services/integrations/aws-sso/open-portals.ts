import type { ConnectSso, PortalConnection } from './connect.ts';

/** The access portal in each region that a piece of work needs, with one client each. */
export interface OpenPortals {
  at(region: string): Promise<PortalConnection>;
  /** Ends their sockets. */
  close(): Promise<void>;
}

/** `attempts`: see ConnectSso. */
export function openPortals(connect: ConnectSso, attempts?: number): OpenPortals {
  const open = new Map<string, Promise<PortalConnection>>();
  return {
    async at(region) {
      const portal = open.get(region) ?? connect.portal(region, attempts);
      open.set(region, portal);
      return await portal;
    },
    async close() {
      for (const portal of await Promise.allSettled(open.values())) {
        if (portal.status === 'fulfilled') portal.value.client.destroy();
      }
    },
  };
}
