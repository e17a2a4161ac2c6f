import type { Integration } from '../../models/integration.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import type { Session } from '../../models/session.ts';

/** How a person signs in: in a browser on this machine, or with a code in a browser anywhere. */
export type LoginMethod = 'browser' | 'device-code';

/** A session as an integration offers it. */
export interface Offer {
  /** Unless a person has chosen another name. */
  readonly sessionName: string;
  /** The fields that the integration decides; one that is undefined is not set. */
  readonly fields: Readonly<Record<string, string | undefined>>;
}

export interface Offered {
  readonly offers: readonly Offer[];
  /** Places that did not tell what they offer: nothing is known of their sessions. */
  readonly skipped: readonly string[];
}

/** Called as the listing progresses; `total` is known once all pages of accounts or tenants are in. */
export type OnProgress = (progress: {
  readonly total?: number;
  readonly done: number;
  readonly found: number;
}) => void;

/** One kind of integration: how it is signed in to, and what it offers. */
export interface IntegrationSource<I extends Integration> {
  /**
   * Signs in, also where somebody is signed in. Throws Problem 'cloud-refused',
   * 'cloud-unreachable', 'prompt-expired', 'vault-locked', PromptCancelled, the signal's reason.
   */
  login(
    integration: I,
    options: { readonly signal: AbortSignal; readonly method?: LoginMethod | undefined },
  ): Promise<void>;
  /** Ends the sign-in; its application's own secrets stay. */
  logout(integration: I): Promise<void>;
  /** Drops what is kept of a sign-in elsewhere than where it is wanted now; tells nobody. */
  dropSignIn(integrationId: string): Promise<void>;
  /** Drops everything that is kept of an integration. */
  forget(integrationId: string): Promise<void>;
  /** All sessions it offers, signing in first where that is needed. Throws like `login`. */
  list(integration: I, signal: AbortSignal, onProgress: OnProgress): Promise<Offered>;
  /** How what it offers becomes sessions. */
  readonly sessions: SessionKind<I>;
}

/** The sessions that come by one kind of integration. */
export interface SessionKind<I extends Integration = Integration> {
  /** What stays the same of a session for as long as it is offered. */
  keyOf(fields: object): string;
  /** The account or tenant it is in. */
  containerOf(session: Session): string;
  /** The name it has where nobody chose one. */
  nameOf(session: Session): string;
  /** The names of the fields that the integration decides. */
  readonly decided: readonly string[];
  /** The fields of a new one, as a person could have set them. */
  fieldsOf(offer: Offer, integration: I): SessionFields;
}
