/** A permanent profile in the AWS config file that runs `stint credentials` for a session. */
export interface PublishedProfile {
  readonly sessionId: string;
  readonly profileName: string;
  /** The config file that it is in. */
  readonly file: string;
  readonly region: string;
  readonly endpointUrl?: string | undefined;
}

/** How a change makes a published profile's section look; text is without what others added to it. */
export interface SectionChange {
  readonly profileName: string;
  /** Missing for a section that is added. */
  readonly before?: string;
  /** Missing for a section that is removed. */
  readonly after?: string;
}

/** The published profiles of AWS sessions, in one marked block of the config file. */
export interface ProfilePublisher {
  /** Every published profile, also one whose session is gone. Throws Problem 'file-unreadable'. */
  published(): Promise<readonly PublishedProfile[]>;
  /** The config file that profiles are published in now. */
  file(): string;
  /**
   * Why names cannot be published, by name: the user's own profiles in either AWS file, or one that is
   * stashed. Throws Problem 'file-unreadable'.
   */
  obstacles(profileNames: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Publishes what `edit` makes of the present list, and nothing else, in the present config file.
   * `dryRun`: only returns what would change. Throws Problem 'file-unreadable', 'file-unwritable',
   * 'invalid-request' where Stint's own path cannot be in such a file, and what `edit` throws.
   */
  publish(
    edit: (
      published: readonly PublishedProfile[],
    ) =>
      | readonly Omit<PublishedProfile, 'file'>[]
      | Promise<readonly Omit<PublishedProfile, 'file'>[]>,
    options?: { readonly dryRun?: boolean },
  ): Promise<readonly SectionChange[]>;
}
