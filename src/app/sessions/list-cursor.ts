import { computed, inject, Injectable, signal } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { ListView } from './list-view.ts';
import type { ListedGroup } from './rows-in-view.ts';

/** What the keyboard is on: a session, or the head of a collapsed group. */
export type Stop =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'group'; readonly key: string };

/** How far a key moves; `page` is a number of rows. */
export type Move = 1 | -1 | 'first' | 'last' | { readonly page: number };

/** Moves through the list: its sessions, and the heads of collapsed groups. */
@Injectable({ providedIn: 'root' })
export class ListCursor {
  readonly #view = inject(ListView);
  /** The key of the collapsed group that the keyboard is on. */
  readonly #groupKey = signal<string | undefined>(undefined);

  /** The number of stops: a key of a search makes no list of thousands. */
  readonly #count = computed(() => {
    let count = 0;
    for (const group of this.#view.groups()) count += stopsIn(group);
    return count;
  });
  readonly #at = computed(() => {
    const key = this.#groupKey();
    const id = this.#view.selectedId();
    if (key === undefined && id === undefined) return -1;
    let before = 0;
    for (const group of this.#view.groups()) {
      const isThere = group.isCollapsed ? group.key === key : key === undefined;
      const at = group.isCollapsed ? 0 : group.sessions.findIndex((one) => one.sessionId === id);
      if (isThere && at >= 0) return before + at;
      before += stopsIn(group);
    }
    return -1;
  });

  /** The one row that Tab reaches: where the keyboard is, else the first. */
  readonly tabStop = computed(() => this.#stopAt(Math.max(0, this.#at())));
  /** Whether the keyboard is on a row that is listed. */
  readonly isSet = computed(() => this.#at() >= 0);

  move(by: Move): void {
    const now = this.#at();
    const last = this.#count() - 1;
    if (last < 0) return;
    const step = typeof by === 'object' ? by.page : by;
    const start = now < 0 ? (step === -1 ? last + 1 : -1) : now;
    const next = step === 'first' ? 0 : step === 'last' ? last : start + step;
    this.goTo(this.#stopAt(Math.min(Math.max(next, 0), last)));
  }

  goTo(stop: Stop | undefined): void {
    this.#groupKey.set(stop?.kind === 'group' ? stop.key : undefined);
    if (stop?.kind === 'session') this.#view.select(stop.session.sessionId);
  }

  /** Selects a session that a person pointed at. */
  select(sessionId: string): void {
    this.#groupKey.set(undefined);
    this.#view.select(sessionId);
  }

  /** Collapses the group that the keyboard is in, and goes to its head. */
  collapse(): void {
    const stop = this.tabStop();
    if (stop?.kind !== 'session') return;
    const group = this.#view.groups().find(({ sessions }) => sessions.includes(stop.session));
    if (group === undefined || group.title === '') return;
    this.#view.setCollapsed(group.key, true);
    this.#groupKey.set(group.key);
  }

  /** Expands the group whose head the keyboard is on, and goes to its first session. */
  expand(): void {
    const stop = this.tabStop();
    if (stop?.kind !== 'group') return;
    const group = this.#view.groups().find(({ key }) => key === stop.key);
    this.#view.setCollapsed(stop.key, false);
    const [session] = group?.sessions ?? [];
    if (session !== undefined) this.goTo({ kind: 'session', session });
  }

  #stopAt(position: number): Stop | undefined {
    let left = position;
    for (const group of this.#view.groups()) {
      const { key, isCollapsed, sessions } = group;
      if (left < stopsIn(group)) {
        const session = sessions[left];
        if (isCollapsed) return { kind: 'group', key };
        return session === undefined ? undefined : { kind: 'session', session };
      }
      left -= stopsIn(group);
    }
    return undefined;
  }
}

/** Its sessions; its head while it is collapsed. */
function stopsIn({ isCollapsed, sessions }: ListedGroup): number {
  return isCollapsed ? 1 : sessions.length;
}
