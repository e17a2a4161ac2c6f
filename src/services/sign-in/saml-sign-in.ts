import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { Screen } from '../../models/screen.ts';
import type { Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { BrowserProxy } from './browser-proxy.ts';

export interface SamlCapture {
  readonly idp: IdentityProvider;
  /** Which cookies to use: those shared by all sessions of the identity provider, or of one session. */
  readonly partition: string;
  /** The session that problems name. */
  readonly session: Pick<Session, 'sessionId' | 'sessionName'>;
  /** Whether a person may see a window. If not, only a sign-in without a person can succeed. */
  readonly visible: boolean;
  /** Where a window is shown, instead of on the screen of this process. */
  readonly screen?: Screen | undefined;
  /** Until when a person may take, milliseconds since the epoch. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  /** Called once a window is there for a person to see. */
  readonly opened?: () => void;
}

/**
 * Signs in at identity providers and intercepts the response to AWS. Every partition has its own
 * cookies, so that the next sign-in may need no person.
 */
export interface SamlSignIn {
  /**
   * The `SAMLResponse` that was posted, base64; undefined if it needs a person and no window may be
   * shown. Throws PromptCancelled when the window is closed, Problem 'prompt-expired' when nobody
   * signs in in time, 'cloud-unreachable', 'browser-unavailable', 'file-unwritable', 'vault-locked',
   * or the signal's reason.
   */
  capture(request: SamlCapture): Promise<string | undefined>;
  /** Whether the last sign-in left cookies for the next one. */
  remembers(partition: string): boolean;
  /** Drops the cookies and everything else kept for a partition. */
  forget(partition: string): Promise<void>;
}

/** Makes the sign-in of an owner, with the clock by which its deadlines count and the proxy to use. */
export type CreateSignIn = (clock: Clock, proxy: () => BrowserProxy | undefined) => SamlSignIn;
