import type { BrowserContext } from 'playwright-core';
import type { SecretStore } from '../vault/secret-store.ts';

type Cookie = Awaited<ReturnType<BrowserContext['cookies']>>[number];

const cookiesName = (partition: string) => `saml/${partition}/cookies`;

/**
 * Session cookies end with the browser (RFC 6265 §5.3), and ours ends with every sign-in. Those of
 * the identity provider are kept in the vault; the others lie in the profile folder.
 */
export interface SessionCookies {
  bring(partition: string, context: BrowserContext): Promise<void>;
  keep(partition: string, context: BrowserContext): Promise<void>;
  drop(partition: string): Promise<void>;
}

export function createSessionCookies(secrets: SecretStore): SessionCookies {
  return {
    async bring(partition, context) {
      const text = await secrets.get(cookiesName(partition));
      if (text === undefined) return;
      // Without them it takes a person, which is no failure.
      await context.addCookies(JSON.parse(text) as Cookie[]).catch(() => undefined);
    },
    async keep(partition, context) {
      // None can be had of a browser that was closed at that very moment.
      const all = await context.cookies().catch(() => []);
      const cookies = all.filter(({ expires }) => expires === -1);
      if (cookies.length === 0) await secrets.delete(cookiesName(partition));
      else await secrets.set(cookiesName(partition), JSON.stringify(cookies));
    },
    drop: (partition) => secrets.delete(cookiesName(partition)),
  };
}
