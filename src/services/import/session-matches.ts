import type { SessionFields } from '../../models/session-fields.ts';
import { isAwsSession, type Session } from '../../models/session.ts';
import type { DraftSession } from './draft.ts';
import { isSameSession } from './matching.ts';
import type { PlanContext } from './plan-context.ts';

/**
 * Finds the session that a draft is already. Several profiles may use the same role or the same keys:
 * each session here is the one of at most one draft.
 */
export class SessionMatches {
  readonly #sessions: readonly Session[];
  readonly #accessKeyIds: ReadonlyMap<string, string>;
  /** The sessions that earlier imports from the same tool made, by `ref`. */
  readonly #made: ReadonlyMap<string, string>;
  readonly #requestedProfiles: ReadonlySet<string>;
  readonly #taken = new Set<string>();

  constructor(
    { sessions, accessKeyIds, records, from }: PlanContext,
    drafts: readonly DraftSession[],
  ) {
    this.#sessions = sessions;
    this.#accessKeyIds = accessKeyIds;
    this.#made = new Map(
      records
        .filter((record) => record.from === from)
        .flatMap(({ made }) => made)
        .flatMap(({ kind, ref, id }) =>
          kind === 'session' && ref !== undefined ? [[ref, id]] : [],
        ),
    );
    this.#requestedProfiles = new Set(
      drafts.flatMap(({ fields }) => ('profileName' in fields ? (fields.profileName ?? []) : [])),
    );
  }

  /** The session that `fields`, of `draft`, describe; no other draft gets it. */
  take(fields: SessionFields, draft: DraftSession): Session | undefined {
    const found = this.#find(fields, draft);
    if (found !== undefined) this.#taken.add(found.sessionId);
    return found;
  }

  #find(fields: SessionFields, { ref, keys }: DraftSession): Session | undefined {
    const free = this.#sessions.filter(({ sessionId }) => !this.#taken.has(sessionId));
    const madeBefore = free.find(
      (one) => one.sessionId === this.#made.get(ref) && one.type === fields.type,
    );
    if (fields.type === 'awsIamUser') {
      const sameKeys = free.filter(
        ({ sessionId }) =>
          keys !== undefined && this.#accessKeyIds.get(sessionId) === keys.accessKeyId,
      );
      return this.#closest(fields, sameKeys, madeBefore) ?? madeBefore;
    }
    const same = free.filter((one) => isSameSession(fields, one));
    return this.#closest(fields, same, madeBefore);
  }

  /** Of those that are the same: made of this draft, on the same profile, or else on no other draft's. */
  #closest(
    fields: SessionFields,
    same: readonly Session[],
    madeBefore: Session | undefined,
  ): Session | undefined {
    if (madeBefore !== undefined && same.includes(madeBefore)) return madeBefore;
    const requested = 'profileName' in fields ? fields.profileName : undefined;
    return (
      same.find((one) => isAwsSession(one) && one.profileName === requested) ??
      same.find((one) => !isAwsSession(one) || !this.#requestedProfiles.has(one.profileName))
    );
  }
}
