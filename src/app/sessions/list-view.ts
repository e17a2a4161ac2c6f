import { computed, inject, Injectable, signal } from '@angular/core';
import { orderBy, windowOrder, type SessionOrder } from '../../models/session-order.ts';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import type { Group } from './rows-in-view.ts';
import { subtitle, typeText } from './session-text.ts';
import { Sources } from './sources.ts';

export const segments = ['all', 'active', 'pinned'] as const;
export type Segment = (typeof segments)[number];

/** The columns that can be sorted. */
export type SortColumn = 'sessionName' | 'startDateTime';

const inSegment: Readonly<Record<Segment, (session: Session) => boolean>> = {
  all: () => true,
  active: ({ status }) => status !== 'inactive',
  pinned: ({ pinned }) => pinned === true,
};

/** Which sessions the list shows, in which order, and which one is selected. */
@Injectable({ providedIn: 'root' })
export class ListView {
  readonly #workspace = inject(Workspace);
  readonly #sources = inject(Sources);
  readonly query = signal('');
  readonly segment = signal<Segment>('all');
  readonly #integrationId = signal<string | undefined>(undefined);
  /** Only the sessions of this integration, while it exists; undefined for all. */
  readonly integrationId = computed(() => {
    const id = this.#integrationId();
    const isThere = this.#workspace
      .integrations()
      .some(({ integrationId }) => integrationId === id);
    return isThere ? id : undefined;
  });
  /** Undefined for the default order: active sessions first, then by the newest start. */
  readonly order = signal<SessionOrder | undefined>(undefined);
  readonly selectedId = signal<string | undefined>(undefined);

  readonly selected = computed(() => {
    const id = this.selectedId();
    return id === undefined
      ? undefined
      : this.#workspace.sessions().find(({ sessionId }) => sessionId === id);
  });

  /** The number of sessions of each integration and identity provider. */
  readonly bySource = computed<ReadonlyMap<string, number>>(() => {
    const counts = new Map<string, number>();
    for (const session of this.#workspace.sessions()) {
      const id = sourceOf(session);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  });

  readonly counts = computed(() => {
    const all = this.#workspace.sessions();
    return Object.fromEntries(
      segments.map((segment) => [segment, all.filter(inSegment[segment]).length]),
    ) as Readonly<Record<Segment, number>>;
  });

  /** The sessions shown, in the order shown. */
  readonly shown = computed(() => {
    const words = this.query().trim().toLowerCase().split(/\s+/);
    const order = this.order();
    const integrationId = this.integrationId();
    return this.#workspace
      .sessions()
      .filter(
        (session) =>
          (integrationId === undefined || sourceOf(session) === integrationId) &&
          inSegment[this.segment()](session) &&
          matches(session, this.#sources.sourceText(session), words),
      )
      .sort(order === undefined ? windowOrder : orderBy(order));
  });

  /** The one row that Tab reaches: the selected one if it is shown, else the first. */
  readonly tabStop = computed(() => {
    const [first] = this.shown();
    return this.shown().find(({ sessionId }) => sessionId === this.selectedId()) ?? first;
  });

  /** Active and inactive sessions in the default order; one group without a title in any other. */
  readonly groups = computed<readonly Group[]>(() => {
    const shown = this.shown();
    if (this.order() !== undefined) return [{ title: '', sessions: shown }];
    const running = shown.filter(({ status }) => status !== 'inactive');
    const rest = shown.filter(({ status }) => status === 'inactive');
    return [
      { title: 'Active', sessions: running },
      { title: 'Inactive', sessions: rest },
    ].filter(({ sessions }) => sessions.length > 0);
  });

  /** Shows the sessions of a segment, of one integration or of all. */
  show(segment: Segment, integrationId?: string): void {
    this.segment.set(segment);
    this.#integrationId.set(integrationId);
  }

  /** Sorts in the column's usual direction, then in the other, then in the default order. */
  sortBy(field: SortColumn): void {
    const first = field === 'startDateTime';
    const now = this.order();
    if (now?.field !== field) this.order.set({ field, descending: first });
    else if (now.descending === first) this.order.set({ field, descending: !first });
    else this.order.set(undefined);
  }

  /** Moves the selection within what is shown; `'first'` and `'last'` jump. */
  move(by: 1 | -1 | 'first' | 'last'): void {
    const ids = this.shown().map(({ sessionId }) => sessionId);
    if (ids.length === 0) return;
    const now = ids.indexOf(this.selectedId() ?? '');
    const last = ids.length - 1;
    const next = by === 'first' ? 0 : by === 'last' ? last : Math.min(Math.max(now + by, 0), last);
    this.selectedId.set(ids[now < 0 && by === -1 ? last : next]);
  }
}

function sourceOf(session: Session): string | undefined {
  if ('integrationId' in session) return session.integrationId;
  return 'idpId' in session ? session.idpId : undefined;
}

function matches(session: Session, source: string | undefined, words: readonly string[]): boolean {
  const text = [
    session.sessionName,
    session.region,
    'profileName' in session ? session.profileName : '',
    typeText(session),
    subtitle(session, source),
    'accountName' in session ? session.accountName : '',
    ...(session.type === 'azure'
      ? [session.subscriptionName, session.subscriptionId, session.tenantId]
      : []),
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
