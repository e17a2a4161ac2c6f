import type { AzureCloud } from '../../models/azure-cloud.ts';
import type { Credentials } from '../../models/credentials.ts';
import type { Held } from './held.ts';

/** The two files of AWS that have profiles: one with keys, one with everything else. */
export type AwsFileKind = 'credentials' | 'config';

/** What a delivery needs to know about an AWS session. */
export interface ProfileTarget {
  /** The file that gets its section: its keys, or the program that prints them. */
  readonly kind: AwsFileKind;
  readonly sessionId: string;
  readonly sessionName: string;
  readonly profileName: string;
  readonly region: string;
  readonly endpointUrl?: string | undefined;
}

/** What a delivery needs to know about an Azure session. */
export interface SubscriptionTarget {
  readonly sessionId: string;
  readonly sessionName: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly subscriptionName: string;
  readonly cloud: AzureCloud;
}

/** What a start may do to get its place in the user's files. */
export interface WriteOptions {
  /** The user allows Stint to stash their own section until the session stops. */
  readonly replaceSection: boolean;
  /** Ids of sessions whose section this one takes over, with what was stashed for it. */
  readonly supersedes: readonly string[];
}

/** Something that hides the session from tools or keeps one from reading it. */
export interface Finding {
  readonly code:
    | 'shadowed'
    | 'environment'
    | 'unreadable-by-aws-cli'
    | 'unreadable-by-sdk-js'
    | 'open-to-others'
    | 'not-the-default'
    | 'shortened'
    | 'clock'
    | 'endpoint'
    | 'resource-refused';
  /** Names file, line, profile and variables, never values. */
  readonly message: string;
  readonly next: string;
}

/** Something that could not be removed or restored now. The journal keeps it for the next sweep. */
export interface Leftover {
  readonly sessionId: string;
  readonly file: string;
  /** Of an AWS session. */
  readonly profileName?: string;
  /**
   * Ours that is still there (`section`, `account`), the user's own that is still stashed
   * (`stash`), or a journal that cannot be read, so that more may be left (`journal`).
   */
  readonly what: 'section' | 'account' | 'stash' | 'journal';
  readonly reason: string;
}

/**
 * Makes a session's credentials available to tools through files, and removes them again.
 * `Target`: what is known about the session. `C`: the credentials that fit it.
 */
export interface Delivery<Target, C extends Credentials> {
  /**
   * Checks that `write` can work, so that a start can refuse before it asks the cloud. Changes
   * nothing. Throws Problem 'invalid-request' (the profile name), 'section-occupied',
   * 'file-unreadable', 'file-unwritable'.
   */
  prepare(target: Target, options: WriteOptions): Promise<void>;
  /**
   * What would hide the session from tools. `callerEnvironment`: names of the variables set where
   * the command was typed, or `NAME=value` for those that hold no secret.
   */
  inspect(target: Target, callerEnvironment: readonly string[]): Promise<readonly Finding[]>;
  /**
   * Writes or replaces our section atomically. Throws Problem as `prepare` does, and 'vault-locked'
   * where a user's section has to be stashed; the file is unchanged then. Returns what the session
   * had elsewhere and could not be removed there.
   */
  write(target: Target, credentials: C, options: WriteOptions): Promise<readonly Leftover[]>;
  /**
   * Whether our section is still as we wrote it; `write` repairs it. Throws Problem
   * 'file-unreadable'.
   */
  check(target: Target, credentials: C): Promise<'intact' | 'missing' | 'altered'>;
  /**
   * Removes our section and restores what was there before. Idempotent. Never throws for trouble
   * with a file or the vault: what is left is journalled and returned.
   */
  remove(target: Target): Promise<readonly Leftover[]>;
  /**
   * After a crash, an unlock, or now and then: repairs interrupted writes and removes whatever
   * sessions that are not active left behind, and active ones at an earlier location. Never throws
   * for trouble with a file or the vault.
   */
  sweep(isActive: (sessionId: string) => boolean): Promise<readonly Leftover[]>;
  /**
   * Everything that it has in the user's files, or keeps of theirs. Never throws: a journal that
   * cannot be read is one of the things.
   */
  held(): Promise<readonly Held[]>;
}
