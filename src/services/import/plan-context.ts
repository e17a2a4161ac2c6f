import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { ImportRecord } from '../../models/import.ts';
import type { Integration } from '../../models/integration.ts';
import type { SessionFields, SessionSecrets } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';

/** Why the caller may not make a session with these fields; undefined if they may. A whole sentence. */
export type RefusesSession = (fields: SessionFields) => string | undefined;

/** What there is, and how its services check what is added. */
export interface PlanContext {
  readonly from: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly withKeys: boolean;
  readonly sessions: readonly Session[];
  readonly integrations: readonly Integration[];
  readonly identityProviders: readonly IdentityProvider[];
  readonly settings: Settings;
  /** Earlier imports. */
  readonly records: readonly ImportRecord[];
  /** The access key ids in the vault, by session id. */
  readonly accessKeyIds: ReadonlyMap<string, string>;
  readonly refuses?: RefusesSession | undefined;
  /** Throws Problem 'invalid-request'. `sessions`: all there would be. */
  checkSession(
    fields: SessionFields,
    about: {
      readonly sessions: readonly Session[];
      readonly secrets?: SessionSecrets;
    },
  ): SessionFields;
}
