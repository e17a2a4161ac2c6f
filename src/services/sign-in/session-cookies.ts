import type { BrowserContext } from 'playwright-core';
import * as z from 'zod';
import { readCached } from '../vault/read-secret.ts';
import type { SecretStore } from '../vault/secret-store.ts';

/** As Playwright gives them out and takes them (its `Cookie`). */
const cookiesSchema = z.array(
  z.object({
    name: z.string(),
    value: z.string(),
    domain: z.string(),
    path: z.string(),
    expires: z.number(),
    httpOnly: z.boolean(),
    secure: z.boolean(),
    sameSite: z.enum(['Strict', 'Lax', 'None']).exactOptional(),
    partitionKey: z.string().exactOptional(),
  }),
);

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
      const cookies = await readCached(secrets, cookiesName(partition), cookiesSchema);
      if (cookies === undefined) return;
      // Without them a person has to sign in, which is not a failure.
      await context.addCookies(cookies).catch(() => undefined);
    },
    async keep(partition, context) {
      // A browser that is just being closed gives none.
      const all = await context.cookies().catch(() => []);
      const cookies = all.filter(({ expires }) => expires === -1);
      if (cookies.length === 0) await secrets.delete(cookiesName(partition));
      else await secrets.set(cookiesName(partition), JSON.stringify(cookies));
    },
    drop: (partition) => secrets.delete(cookiesName(partition)),
  };
}
