import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { Session } from '../../models/session.ts';

export interface SamlCapture {
  readonly idp: IdentityProvider;
  /** Which cookies count: those of everybody at the identity provider, or of one session alone. */
  readonly partition: string;
  /** For whom: named in problems. */
  readonly session: Pick<Session, 'sessionId' | 'sessionName'>;
  /** Whether a window may be shown to a person. Without one only what needs nobody is done. */
  readonly visible: boolean;
  /** Until when a person may take, milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/**
 * Signs in at identity providers and takes the response on its way to AWS. Every partition has
 * its own cookies, so that the next sign-in may need nobody.
 */
export interface SamlSignIn {
  /**
   * The `SAMLResponse` as it was posted, base 64; undefined where it needs a person and no window may
   * be shown. Throws PromptCancelled when the window is closed, Problem 'prompt-expired' when nobody
   * signs in in time, 'cloud-unreachable', 'browser-unavailable', 'file-unwritable', 'vault-locked',
   * or the signal's reason.
   */
  capture(request: SamlCapture): Promise<string | undefined>;
  /** Whether the last sign-in left cookies that may let the next one pass silently. */
  remembers(partition: string): boolean;
  /** Drops cookies and everything else kept of a partition. */
  forget(partition: string): Promise<void>;
}
