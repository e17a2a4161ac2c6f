import type { Integration } from '../../models/integration.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';

/** How a person signs in: in a browser on this machine, or with a code in a browser anywhere. */
export type LoginMethod = 'browser' | 'device-code';

/** A session as an integration offers it. */
export interface Offer {
  /** Its name, unless a person chose another one. */
  readonly sessionName: string;
  /** The fields that the integration decides; one that is undefined is not set. */
  readonly fields: Readonly<Record<string, string | undefined>>;
}

export interface Offered {
  readonly offers: readonly Offer[];
  /** Accounts or tenants that could not be listed: their sessions do not change. */
  readonly skipped: readonly string[];
}

/** Called during the listing; `total` is known once all pages of accounts or tenants have arrived. */
export type OnProgress = (progress: {
  readonly total?: number;
  readonly done: number;
  readonly found: number;
}) => void;

/** One kind of integration: how a person signs in, and what it offers. */
export interface IntegrationSource<I extends Integration> {
  /**
   * Signs in, even if somebody is signed in. Throws Problem 'cloud-refused',
   * 'cloud-unreachable', 'prompt-expired', 'vault-locked', PromptCancelled, the signal's reason.
   */
  login(
    integration: I,
    options: {
      readonly signal: AbortSignal;
      readonly method?: LoginMethod | undefined;
      /** Of an Azure tenant: the claims request that the sign-in must answer, as JSON. */
      readonly claims?: string | undefined;
    },
  ): Promise<void>;
  /** Ends the sign-in. The secrets of an application stay. */
  logout(integration: I): Promise<void>;
  /** Drops a kept sign-in that no longer fits the integration; does not notify the cloud. */
  dropSignIn(integrationId: string): Promise<void>;
  /** Drops everything kept for an integration. */
  forget(integrationId: string): Promise<void>;
  /** Lists all sessions it offers, signing in first if needed. Throws like `login`. */
  list(integration: I, signal: AbortSignal, onProgress: OnProgress): Promise<Offered>;
  /** How what it offers becomes sessions. */
  readonly sessions: SessionKind<I>;
}

/** The sessions of one kind of integration. */
export interface SessionKind<I extends Integration = Integration> {
  /** What profiles of new ones are named after; missing where they have none. */
  profileTemplate?(): string;
  /** What identifies a session at its provider. */
  keyOf(fields: object): string;
  /** The account or tenant it is in. */
  accountOrTenantOf(session: Session): string;
  /** Its name, if nobody chose one. */
  nameOf(session: Session): string;
  /** The names of the fields that the integration decides. */
  readonly decided: readonly string[];
  /** The fields of a new session. */
  fieldsOf(offer: Offer, integration: I): SessionFields;
}
