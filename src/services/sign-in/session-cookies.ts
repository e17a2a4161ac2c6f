import type { BrowserContext } from 'playwright-core';
import type { SecretStore } from '../vault/secret-store.ts';

type Cookie = Awaited<ReturnType<BrowserContext['cookies']>>[number];

const cookiesName = (idpId: string) => `saml/${idpId}/cookies`;

/**
 * Session cookies end with the browser (RFC 6265 §5.3), and ours ends with every sign-in. Those of
 * the identity provider are kept in the vault; the others lie in the profile folder.
 */
export interface SessionCookies {
  bring(idpId: string, context: BrowserContext): Promise<void>;
  keep(idpId: string, context: BrowserContext): Promise<void>;
  drop(idpId: string): Promise<void>;
}

export function createSessionCookies(secrets: SecretStore): SessionCookies {
  return {
    async bring(idpId, context) {
      const text = await secrets.get(cookiesName(idpId));
      if (text === undefined) return;
      // Without them it takes a person, which is no failure.
      await context.addCookies(JSON.parse(text) as Cookie[]).catch(() => undefined);
    },
    async keep(idpId, context) {
      // None can be had of a browser that was closed at that very moment.
      const all = await context.cookies().catch(() => []);
      const cookies = all.filter(({ expires }) => expires === -1);
      if (cookies.length === 0) await secrets.delete(cookiesName(idpId));
      else await secrets.set(cookiesName(idpId), JSON.stringify(cookies));
    },
    drop: (idpId) => secrets.delete(cookiesName(idpId)),
  };
}
