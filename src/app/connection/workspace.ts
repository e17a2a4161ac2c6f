import { isActive } from '../../models/active.ts';
import { computed, inject, Injectable, signal } from '@angular/core';
import { Problem } from '../../models/problem.ts';
import { windowOrder } from '../../models/session-order.ts';
import { allSessions } from '../../client/all-sessions.ts';
import type { ReceivedEvent } from '../../client/event-stream.ts';
import type { HistoryKind } from '../../models/history.ts';
import { reported } from './reported.ts';
import {
  OwnerClient,
  type SessionsPage,
  type IdentityProvider,
  type Integration,
  type Prompt,
  type Session,
  type Settings,
} from './owner-client.ts';
import { Toasts } from '../toasts/toasts.ts';
import { NoWindowToken, StrangerAnswers } from './window-access.ts';

export type LockedOutBy = 'access' | 'vault' | 'stranger';

/**
 * `live`: the window shows the current state; `stale`: it shows the state at `since`; `locked-out`:
 * the window's access token is not accepted, or cannot be checked while the vault is locked, or
 * something else than Stint answers.
 */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly since: number }
  | { readonly kind: 'locked-out'; readonly by: LockedOutBy };

/** How many sessions are read before the window is shown. */
const firstPage = 100;

/** Delays between two attempts to reach the owner, in milliseconds. */
const firstDelay = 500;
const longestDelay = 8_000;
/** The owner sends a heartbeat every 15 s; a stream that is silent for longer is dead. In milliseconds. */
const longestSilence = 40_000;
/** The window lists hidden and archived sessions too, where it is asked for them. */
const aside = { hidden: 'true', archived: 'true' } as const;
/** An event id that no owner knows: the stream then begins with a `reset`. */
const nothingSeen = 'nothing';

/** A copy of the owner's state, kept up to date by its events. */
@Injectable({ providedIn: 'root' })
export class Workspace {
  readonly #owner = inject(OwnerClient);
  readonly #toasts = inject(Toasts);
  readonly #sessions = signal<ReadonlyMap<string, Session>>(new Map());
  readonly #prompts = signal<readonly Prompt[]>([]);
  readonly #integrations = signal<readonly Integration[]>([]);
  readonly #identityProviders = signal<readonly IdentityProvider[]>([]);
  readonly #connection = signal<Connection>({ kind: 'connecting' });
  readonly #settings = signal<Settings | undefined>(undefined);
  /** Grows with each answer that brings settings. */
  #settingsCount = 0;
  readonly #vaultLocked = signal(false);
  /** The number of history entries of each session since the page was opened. */
  readonly #historyCounts = signal<ReadonlyMap<string, number>>(new Map());
  readonly #changeCount = signal(0);
  readonly #isWhole = signal(false);
  #lastEventId: string | undefined;
  #lastSeen = Date.now();

  readonly connection = this.#connection.asReadonly();
  /** All sessions have been read once, not only the first. */
  readonly isWhole = this.#isWhole.asReadonly();
  readonly prompts = this.#prompts.asReadonly();
  readonly integrations = this.#integrations.asReadonly();
  readonly identityProviders = this.#identityProviders.asReadonly();
  /** Undefined until they were read. */
  readonly settings = this.#settings.asReadonly();
  readonly vaultLocked = this.#vaultLocked.asReadonly();
  /** Active sessions first, then by the newest start. */
  readonly sessions = computed(() => [...this.#sessions().values()].sort(windowOrder));
  readonly active = computed(() => this.sessions().filter(isActive));

  session(id: string): Session | undefined {
    return this.#sessions().get(id);
  }

  /** Grows with every event: pages that show more than this copy read again. */
  readonly changeCount = this.#changeCount.asReadonly();

  /** Changes with every new history entry of the session. */
  historyCount(sessionId: string): number {
    return this.#historyCounts().get(sessionId) ?? 0;
  }

  /** Shows an answer of the owner at once, before its event arrives. */
  put(session: Session): void {
    const known = this.#sessions().get(session.sessionId);
    if (known !== undefined && known.revision > session.revision) return;
    this.#sessions.update((all) => new Map(all).set(session.sessionId, session));
  }

  /** Shows the settings that the owner answered, whatever an earlier question still brings. */
  putSettings(settings: Settings): void {
    this.#settingsCount += 1;
    this.#settings.set(settings);
  }

  remove(sessionId: string): void {
    this.#sessions.update((all) => {
      const rest = new Map(all);
      rest.delete(sessionId);
      return rest;
    });
  }

  removePrompt(promptId: string): void {
    this.#prompts.update((all) => all.filter((prompt) => prompt.promptId !== promptId));
  }

  /** Follows the owner while the page is open, across its restarts; ends when the window is locked out. */
  async follow(): Promise<void> {
    let delay = firstDelay;
    for (;;) {
      try {
        if (this.#connection().kind !== 'live') await this.#owner.enter();
        await this.#followOnce(() => {
          delay = firstDelay;
        });
      } catch (error) {
        if (isLockedOut(error)) {
          this.#owner.leave();
          const by = error instanceof StrangerAnswers ? 'stranger' : 'access';
          this.#connection.set({ kind: 'locked-out', by });
          return;
        }
        if (error instanceof Problem && error.code === 'vault-locked') {
          this.#connection.set({ kind: 'locked-out', by: 'vault' });
        }
      }
      this.#goStale();
      await new Promise((resolve) => setTimeout(resolve, delay));
      delay = Math.min(delay * 2, longestDelay);
    }
  }

  /** A heartbeat that changes nothing draws nothing. */
  #goLive(): void {
    if (this.#connection().kind !== 'live') this.#connection.set({ kind: 'live' });
  }

  #goStale(): void {
    this.#connection.update((before) =>
      before.kind === 'live' ? { kind: 'stale', since: this.#lastSeen } : before,
    );
  }

  async #followOnce(onLive: () => void): Promise<void> {
    const ending = new AbortController();
    const watchdog = setInterval(() => {
      if (Date.now() - this.#lastSeen > longestSilence) ending.abort();
    }, 5_000);
    try {
      this.#lastSeen = Date.now();
      const events = this.#owner.client.events({
        signal: ending.signal,
        lastEventId: this.#lastEventId ?? nothingSeen,
        onSign: () => {
          this.#lastSeen = Date.now();
          if (this.#lastEventId === undefined) return;
          this.#goLive();
          onLive();
        },
      });
      for await (const event of events) await this.#apply(event);
    } finally {
      clearInterval(watchdog);
      ending.abort();
    }
  }

  async #apply({ id, event }: ReceivedEvent): Promise<void> {
    switch (event.type) {
      case 'session':
        this.put(event.session);
        break;
      case 'session-removed':
        this.remove(event.sessionId);
        break;
      case 'prompt':
        this.removePrompt(event.prompt.promptId);
        this.#prompts.update((all) => [...all, event.prompt]);
        break;
      case 'prompt-closed':
        this.removePrompt(event.promptId);
        break;
      case 'vault':
        this.#vaultLocked.set(event.locked);
        break;
      case 'reset':
        await this.#readAll();
        break;
      case 'history': {
        const { sessionId } = event;
        if (sessionId === undefined) break;
        void this.#report(sessionId, event.kind);
        this.#historyCounts.update((all) =>
          new Map(all).set(sessionId, (all.get(sessionId) ?? 0) + 1),
        );
        break;
      }
      case 'integration':
        this.#integrations.update((all) =>
          replaced(all, event.integration, ({ integrationId }) => integrationId),
        );
        break;
      case 'integration-removed':
        this.#integrations.update((all) =>
          all.filter(({ integrationId }) => integrationId !== event.integrationId),
        );
        break;
      case 'idp':
        this.#identityProviders.update((all) => replaced(all, event.idp, ({ idpId }) => idpId));
        break;
      case 'idp-removed':
        this.#identityProviders.update((all) => all.filter(({ idpId }) => idpId !== event.idpId));
        break;
      case 'settings':
        await this.#readSettings();
        break;
    }
    this.#lastEventId = id;
    this.#changeCount.update((count) => count + 1);
    this.#goLive();
  }

  async #readSettings(): Promise<void> {
    const count = this.#settingsCount;
    const settings = await this.#owner.client.request('GET', '/v1/settings');
    if (count === this.#settingsCount) this.putSettings(settings);
  }

  /** Reports what happened in the background, as the history describes it. */
  async #report(session: string, kind: HistoryKind): Promise<void> {
    const report = reported.get(kind);
    if (report === undefined) return;
    const name = this.session(session)?.sessionName ?? 'A session';
    try {
      const query = { session, kind, limit: 1 };
      const { items } = await this.#owner.client.request('GET', '/v1/history', { query });
      this.#toasts.warn(`${name}: ${items[0]?.message ?? report.text}`, report.next);
    } catch {
      this.#toasts.warn(`${name}: ${report.text}`, report.next);
    }
  }

  /**
   * At first, the sessions that a window shows without scrolling are there before the others are read. They are
   * asked for first: a browser has few connections, and the owner answers one question after the other.
   */
  async #readAll(): Promise<void> {
    const isFirst = this.#connection().kind === 'connecting';
    const first = isFirst
      ? this.#owner.client.request('GET', '/v1/sessions', {
          query: { ...aside, limit: firstPage },
        })
      : undefined;
    const [sessions] = await Promise.all([this.#allAfter(first), this.#show(first)]);
    if (sessions !== undefined) this.#replaceSessions(sessions);
    this.#isWhole.set(true);
  }

  /** Shows the page of sessions and everything beside sessions. */
  async #show(page: Promise<SessionsPage> | undefined): Promise<void> {
    const { client } = this.#owner;
    const [first, prompts, integrations, identityProviders, settings, owner] = await Promise.all([
      page,
      client.request('GET', '/v1/prompts'),
      client.request('GET', '/v1/integrations'),
      client.request('GET', '/v1/idps'),
      client.request('GET', '/v1/settings'),
      client.request('GET', '/v1/owner'),
    ]);
    this.#prompts.set(prompts.items);
    this.#integrations.set(integrations.items);
    this.#identityProviders.set(identityProviders.items);
    this.putSettings(settings);
    this.#vaultLocked.set(owner.vault.locked);
    if (first === undefined) return;
    this.#replaceSessions(first.items);
    this.#goLive();
  }

  /** All sessions, read while the page is shown; undefined where it has all of them. */
  async #allAfter(
    page: Promise<SessionsPage> | undefined,
  ): Promise<readonly Session[] | undefined> {
    const first = await page;
    const cursor = first?.nextCursor;
    if (first !== undefined && cursor === undefined) return undefined;
    const { items } = await allSessions(this.#owner.client, {
      ...aside,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return [...(first?.items ?? []), ...items];
  }

  /** Keeps what an action has answered meanwhile. */
  #replaceSessions(sessions: readonly Session[]): void {
    const before = this.#sessions();
    this.#sessions.set(
      new Map(
        sessions.map((read) => {
          const known = before.get(read.sessionId);
          const isNewer = known !== undefined && known.revision > read.revision;
          return [read.sessionId, isNewer ? known : read];
        }),
      ),
    );
  }
}

/** The list with `one` in the place of the one with its id, or at the end. */
function replaced<T>(all: readonly T[], one: T, idOf: (item: T) => string): readonly T[] {
  const isKnown = all.some((item) => idOf(item) === idOf(one));
  return isKnown ? all.map((item) => (idOf(item) === idOf(one) ? one : item)) : [...all, one];
}

function isLockedOut(error: unknown): boolean {
  return (
    error instanceof NoWindowToken || (error instanceof Problem && error.code === 'unauthenticated')
  );
}
