import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { Credentials } from '../../models/credentials.ts';

/** What a delivery needs to know of an AWS session: nothing else of it matters here. */
export interface ProfileTarget {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly profileName: string;
  readonly region: string;
}

/** What a delivery needs to know of an Azure session. */
export interface SubscriptionTarget {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly subscriptionName: string;
  readonly cloud: AzureCloud;
}

/** How far a start may go to get its profile. */
export interface ClaimOptions {
  /** The user agreed that a section of their own is put aside until the session stops. */
  readonly replaceSection: boolean;
  /** Sessions whose section this one takes over; what they had put aside goes over with it. */
  readonly supersedes: readonly string[];
}

/** Something that would win over the session or keep a tool from reading it. */
export interface Finding {
  readonly code:
    | 'shadowed'
    | 'environment'
    | 'unreadable-by-aws-cli'
    | 'unreadable-by-sdk-js'
    | 'restored'
    | 'not-the-default';
  /** Names file, line, profile and variables, never values. */
  readonly message: string;
  readonly next: string;
}

/** Something a stop could not take away or bring back now; it stands in the clean-up journal. */
export interface Leftover {
  readonly sessionId: string;
  readonly file: string;
  /** Of an AWS session. */
  readonly profileName?: string;
  readonly what: 'section' | 'put-aside' | 'account';
  readonly reason: string;
}

/**
 * Makes a session's credentials reachable for tools through a file, and takes them away again.
 * `Target`: what is known of the session. `C`: the credentials that fit it.
 */
export interface Delivery<Target, C extends Credentials> {
  /**
   * So that a start can refuse before it asks the cloud. Changes nothing. Throws Problem
   * 'invalid-request' (the profile name), 'section-occupied', 'file-unreadable', 'file-unwritable'.
   */
  prepare(target: Target, options: ClaimOptions): Promise<void>;
  /**
   * What would hide the session from tools. `callerEnvironment`: names of the variables set where
   * the command was typed; `NAME=value` is understood too, for those that hold no secret.
   */
  inspect(target: Target, callerEnvironment: readonly string[]): Promise<readonly Finding[]>;
  /**
   * Writes or replaces our section atomically. Throws Problem as `prepare` does, and 'vault-locked'
   * where a user's section has to be put aside; the file is as it was then.
   */
  deliver(target: Target, credentials: C, options: ClaimOptions): Promise<void>;
  /**
   * Whether our section still is as we wrote it; calling `deliver` again puts it right. Throws
   * Problem 'file-unreadable'.
   */
  check(target: Target, credentials: C): Promise<'intact' | 'missing' | 'altered'>;
  /**
   * Removes our section and puts back what stood there. Idempotent; never throws for trouble with a
   * file or the vault: what is left is journalled and returned.
   */
  remove(target: Target): Promise<readonly Leftover[]>;
  /**
   * After a crash, an unlock, or now and then: mends interrupted writes and retries all that the
   * journal holds for sessions not in `activeSessionIds`. Never throws for file trouble either.
   */
  reconcile(activeSessionIds: ReadonlySet<string>): Promise<readonly Leftover[]>;
}
