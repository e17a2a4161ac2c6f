import { Problem } from '../../models/problem.ts';
import type { Profile, PublicationResult, RenamedProfile } from '../../models/profile.ts';
import { isAwsSession, type AwsSession, type Session } from '../../models/session.ts';
import type { SessionFields } from '../../models/session-fields.ts';
import type { ProfilePublisher, PublishedProfile } from '../delivery/published-profiles.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Log } from '../log/log.ts';
import type { SessionService } from '../session-service.ts';
import { refuse } from '../validation/check.ts';
import {
  goneOf,
  ignoredBecause,
  isOutdated,
  listProfiles,
  profileOf,
  profileSession,
} from './profile-list.ts';

interface Parts {
  /** All of them, with what their runs began with. */
  readonly all: () => readonly Session[];
  readonly sessions: Pick<SessionService, 'update' | 'deliveryOf'>;
  readonly publisher: ProfilePublisher;
  readonly events: EventLog;
  readonly log: Pick<Log, 'warn'>;
}

interface Choice {
  readonly profileNames?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** The AWS profiles that Stint uses: their names, and which of them are published. */
export class ProfileService {
  readonly #parts: Parts;
  #following: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws Problem 'file-unreadable'. */
  async list(): Promise<readonly Profile[]> {
    const { publisher, sessions } = this.#parts;
    const published = await publisher.published();
    const used = this.#aws().filter(
      ({ archivedAt, sessionId }) =>
        archivedAt === undefined || published.some((row) => row.sessionId === sessionId),
    );
    return listProfiles(used, published, (session) => sessions.deliveryOf(session));
  }

  /**
   * What Stint keeps in the AWS config file until it is unpublished, for lists of what Stint has
   * changed on this machine. Throws Problem 'file-unreadable'.
   */
  async published(): Promise<readonly PublishedProfile[]> {
    return await this.#parts.publisher.published();
  }

  /**
   * Gives the sessions of a profile another profile name. A run keeps the one it was delivered under;
   * a published profile is renamed with its session. Throws Problem 'not-found', 'already-exists',
   * 'invalid-request', 'section-occupied', 'vault-locked', 'file-unreadable', 'file-unwritable'.
   */
  async rename(from: string, to: string, by: string): Promise<RenamedProfile> {
    const { sessions, publisher } = this.#parts;
    const renamed = this.#aws().filter(({ profileName }) => profileName === from);
    if (renamed.length === 0) throw unknownProfile(from);
    if (from !== to) await this.#refuseTaken(to, renamed);
    for (const { sessionId } of renamed) {
      const edit = (fields: SessionFields) => ({ ...fields, profileName: to }) as SessionFields;
      await sessions.update(sessionId, { edit, by });
    }
    if ((await publisher.published()).length > 0) await this.sync();
    const ids = new Set(renamed.map(({ sessionId }) => sessionId));
    return {
      items: this.#aws()
        .filter(({ sessionId }) => ids.has(sessionId))
        .map((one) => profileSession(one, (session) => sessions.deliveryOf(session))),
    };
  }

  /**
   * Publishes the profiles named, or all: permanent ones that run `stint credentials`. Names that
   * cannot be published are skipped, with the reason. `prune`: published profiles whose session is
   * gone are removed. Throws Problem 'not-found' and what `ProfilePublisher.publish` throws.
   */
  async publish({
    profileNames = [],
    all = false,
    prune = false,
    dryRun = false,
  }: Choice & { readonly prune?: boolean | undefined }): Promise<PublicationResult> {
    if (profileNames.length === 0 && !all && !prune) refuseNothing();
    const current = this.#aws().filter(({ archivedAt }) => archivedAt === undefined);
    const byName = Map.groupBy(current, ({ profileName }) => profileName);
    const names = all ? [...byName.keys()].sort() : [...new Set(profileNames)];
    const unknown = names.find((name) => !byName.has(name));
    if (unknown !== undefined) throw unknownProfile(unknown);
    const obstacles = await this.#parts.publisher.obstacles(names);
    const chosen = names.map((profileName) => {
      const sharing = byName.get(profileName) ?? [];
      return { profileName, sharing, reason: obstacles.get(profileName) ?? whyNot(sharing) };
    });
    const result = await this.#change((published) => {
      const gone = prune ? goneOf(published, this.#all()) : [];
      const kept = published.filter((row) => !gone.includes(row)).map(this.#refreshed);
      const added = chosen.flatMap(({ sharing: [session], reason }) =>
        reason !== undefined || session === undefined ? [] : [profileOf(session)],
      );
      const isAdded = (row: { readonly profileName: string; readonly sessionId: string }) =>
        added.some((one) => one.profileName === row.profileName || one.sessionId === row.sessionId);
      return [...kept.filter((row) => !isAdded(row)), ...added];
    }, dryRun);
    const skipped = chosen.flatMap(({ profileName, reason }) =>
      reason === undefined ? [] : [{ profileName, reason }],
    );
    return { ...result, skipped };
  }

  /**
   * Removes published profiles, byte for byte. Throws Problem 'not-found' and what
   * `ProfilePublisher.publish` throws.
   */
  async unpublish({
    profileNames = [],
    all = false,
    dryRun = false,
  }: Choice): Promise<PublicationResult> {
    if (profileNames.length === 0 && !all) refuseNothing();
    const result = await this.#change((published) => {
      const unknown = profileNames.find(
        (name) => !published.some(({ profileName }) => profileName === name),
      );
      if (unknown !== undefined) throw notPublished(unknown);
      return all ? [] : published.filter(({ profileName }) => !profileNames.includes(profileName));
    }, dryRun);
    return { ...result, skipped: [] };
  }

  /**
   * Makes published profiles like their sessions, in the file that the settings name. Those of sessions
   * in `removed` go. Throws what `ProfilePublisher.publish` throws.
   */
  async sync(removed: readonly string[] = []): Promise<void> {
    const { publisher } = this.#parts;
    if ((await publisher.published()).length === 0) return;
    await publisher.publish((published) =>
      published.filter(({ sessionId }) => !removed.includes(sessionId)).map(this.#refreshed),
    );
  }

  /** The same while nobody waits: what fails is in the log, and tried again with the next change. */
  syncLater(): void {
    this.#later(() => this.sync());
  }

  /** Follows changes of sessions. The returned function ends that. */
  follow(): () => void {
    return this.#parts.events.subscribe(({ event }) => {
      if (event.type === 'session-removed') this.#later(() => this.sync([event.sessionId]));
      if (event.type !== 'session') return;
      const { sessionId } = event.session;
      this.#later(async () => {
        const rows = await this.#parts.publisher.published();
        const row = rows.find((one) => one.sessionId === sessionId);
        if (row === undefined) return;
        const session = this.#aws().find((one) => one.sessionId === sessionId);
        if (session !== undefined && isOutdated(row, session)) await this.sync();
      });
    });
  }

  /** Resolves when published profiles are like the sessions of all events so far. */
  async idle(): Promise<void> {
    await this.#following;
  }

  #later(work: () => Promise<void>): void {
    this.#following = this.#following.then(work).catch((error: unknown) => {
      this.#parts.log.warn('profiles.not-published', { error });
    });
  }

  async #change(
    edit: Parameters<ProfilePublisher['publish']>[0],
    dryRun: boolean,
  ): Promise<Pick<PublicationResult, 'file' | 'published' | 'changes'>> {
    const { publisher } = this.#parts;
    let names: readonly string[] = [];
    const changes = await publisher.publish(
      async (published) => {
        const wanted = await edit(published);
        names = wanted.map(({ profileName }) => profileName);
        return wanted;
      },
      { dryRun },
    );
    return { file: publisher.file(), published: [...names].sort(), changes: [...changes] };
  }

  readonly #refreshed = (row: PublishedProfile): Omit<PublishedProfile, 'file'> => {
    const session = this.#aws().find(({ sessionId }) => sessionId === row.sessionId);
    return session === undefined ? row : profileOf(session);
  };

  async #refuseTaken(to: string, renamed: readonly AwsSession[]): Promise<void> {
    const other = this.#aws().find(({ profileName }) => profileName === to);
    if (other !== undefined) {
      throw new Problem('already-exists', {
        detail: `Session ${other.sessionName} already uses profile ${to}.`,
        next: 'Choose another name.',
        sessionId: other.sessionId,
      });
    }
    const { publisher } = this.#parts;
    const published = await publisher.published();
    const isPublished = published.some((row) =>
      renamed.some(({ sessionId }) => sessionId === row.sessionId),
    );
    const obstacle = isPublished ? (await publisher.obstacles([to])).get(to) : undefined;
    if (obstacle === undefined) return;
    throw new Problem('section-occupied', {
      detail: `Profile ${renamed[0]?.profileName ?? ''} is published and cannot be renamed to ${to}: ${obstacle}.`,
      next: 'Choose another name.',
    });
  }

  #all(): readonly Session[] {
    return this.#parts.all();
  }

  #aws(): readonly AwsSession[] {
    return this.#all().filter(isAwsSession);
  }
}

/** Why the profile of these sessions cannot be published; undefined where it can. */
function whyNot(sharing: readonly AwsSession[]): string | undefined {
  const [first, ...others] = sharing;
  if (first === undefined) return undefined;
  if (others.length > 0) {
    const names = sharing.map(({ sessionName }) => sessionName);
    return `sessions ${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} share it`;
  }
  const warning = ignoredBecause(first.profileName);
  return warning && `not every AWS SDK reads it: ${warning}`;
}

function refuseNothing(): never {
  return refuse('profiles', [
    { field: 'profileNames', message: 'must name a profile, unless all is true' },
  ]);
}

function unknownProfile(profileName: string): Problem {
  return new Problem('not-found', {
    detail: `No session uses profile ${profileName}.`,
    next: 'List the profiles: stint profile list',
  });
}

function notPublished(profileName: string): Problem {
  return new Problem('not-found', {
    detail: `Profile ${profileName} is not published.`,
    next: 'List the profiles: stint profile list',
  });
}
