import { computed, effect, inject, Injectable } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { kept } from '../preferences/kept.ts';

interface Seen {
  /** Sessions made before are not new: when this browser first showed the window. */
  readonly since: string;
  readonly sessionIds: readonly string[];
}

/** Sessions that a sync added, until somebody has opened or started them. This browser keeps which. */
@Injectable({ providedIn: 'root' })
export class NewSessions {
  readonly #workspace = inject(Workspace);
  readonly #seen = kept('seen-sessions', parseSeen);
  readonly #seenIds = computed(() => new Set(this.#seen()?.sessionIds));
  readonly all = computed(() => this.#workspace.sessions().filter((one) => this.isNew(one)));

  constructor() {
    effect(() => {
      if (this.#seen() !== undefined) return;
      this.#seen.set({ since: new Date().toISOString(), sessionIds: [] });
    });
  }

  readonly isNew = (session: Session): boolean => {
    const seen = this.#seen();
    return (
      seen !== undefined &&
      'integrationId' in session &&
      session.startDateTime === '' &&
      session.createdAt > seen.since &&
      !this.#seenIds().has(session.sessionId)
    );
  };

  markSeen(sessions: readonly Session[]): void {
    const ids = sessions.filter((one) => this.isNew(one)).map(({ sessionId }) => sessionId);
    if (ids.length === 0) return;
    this.#seen.update((seen) => seen && { ...seen, sessionIds: [...seen.sessionIds, ...ids] });
  }
}

function parseSeen(stored: unknown): Seen | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  if (!('since' in stored) || typeof stored.since !== 'string') return undefined;
  const ids = 'sessionIds' in stored && Array.isArray(stored.sessionIds) ? stored.sessionIds : [];
  return { since: stored.since, sessionIds: ids.filter((id) => typeof id === 'string') };
}
