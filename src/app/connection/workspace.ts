import { computed, inject, Injectable, signal } from '@angular/core';
import { Problem } from '../../models/problem.ts';
import { windowOrder } from '../../models/session-order.ts';
import { allSessions } from '../../client/all-sessions.ts';
import type { ReceivedEvent } from '../../client/event-stream.ts';
import type { HistoryKind } from '../../models/history.ts';
import { Notes } from '../notes/notes.ts';
import {
  OwnerClient,
  type IdentityProvider,
  type Integration,
  type Prompt,
  type Session,
  type Settings,
} from './owner-client.ts';
import { dropWindowToken, NoWindowToken } from './window-token.ts';

/**
 * `live`: what is shown is so; `stale`: it was so at `since`; `locked-out`: the pass has ended, or
 * cannot be looked at while the vault is locked.
 */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'stale'; readonly since: number }
  | { readonly kind: 'locked-out'; readonly by: 'pass' | 'vault' };

/** Waits between two tries to reach the owner again, in milliseconds. */
const firstWait = 500;
const longestWait = 8_000;
/** The owner sends a sign every 15 s; without any for so long the stream is dead. */
const silence = 40_000;
/** What a person is told when it happens by itself, and what there is to do about it. */
const told: ReadonlyMap<HistoryKind, string> = new Map([
  ['rotation-failed', 'Its credentials work until they expire; the renewal is tried again.'],
  ['section-restored', 'Nothing is left to do.'],
]);
/** An event id that no owner knows: the stream then begins with a `reset`. */
const nothingSeen = 'nothing';

/** What the owner has, kept in step by its events. */
@Injectable({ providedIn: 'root' })
export class Workspace {
  readonly #owner = inject(OwnerClient);
  readonly #notes = inject(Notes);
  readonly #sessions = signal<ReadonlyMap<string, Session>>(new Map());
  readonly #prompts = signal<readonly Prompt[]>([]);
  readonly #integrations = signal<readonly Integration[]>([]);
  readonly #identityProviders = signal<readonly IdentityProvider[]>([]);
  readonly #connection = signal<Connection>({ kind: 'connecting' });
  readonly #settings = signal<Settings | undefined>(undefined);
  readonly #vaultLocked = signal(false);
  /** How many entries the history of each session got since the page was opened. */
  readonly #historyCounts = signal<ReadonlyMap<string, number>>(new Map());
  #lastEventId: string | undefined;
  #lastSeen = Date.now();

  readonly connection = this.#connection.asReadonly();
  readonly prompts = this.#prompts.asReadonly();
  readonly integrations = this.#integrations.asReadonly();
  readonly identityProviders = this.#identityProviders.asReadonly();
  /** Undefined until they are read. */
  readonly settings = this.#settings.asReadonly();
  readonly vaultLocked = this.#vaultLocked.asReadonly();
  /** In the order of the window: active first, then the newest start. */
  readonly sessions = computed(() => [...this.#sessions().values()].sort(windowOrder));
  readonly active = computed(() => this.sessions().filter(({ status }) => status === 'active'));

  session(id: string): Session | undefined {
    return this.#sessions().get(id);
  }

  /** Changes whenever the history of the session has grown. */
  historyCount(sessionId: string): number {
    return this.#historyCounts().get(sessionId) ?? 0;
  }

  /** Takes an answer of the owner at once, without waiting for its event. */
  take(session: Session): void {
    const known = this.#sessions().get(session.sessionId);
    if (known !== undefined && known.revision > session.revision) return;
    this.#sessions.update((all) => new Map(all).set(session.sessionId, session));
  }

  forget(sessionId: string): void {
    this.#sessions.update((all) => {
      const rest = new Map(all);
      rest.delete(sessionId);
      return rest;
    });
  }

  forgetPrompt(promptId: string): void {
    this.#prompts.update((all) => all.filter((prompt) => prompt.promptId !== promptId));
  }

  /** Follows the owner for as long as the page is open, across its restarts. */
  async follow(): Promise<void> {
    let wait = firstWait;
    for (;;) {
      try {
        if (this.#connection().kind !== 'live') await this.#owner.enter();
        await this.#followOnce(() => {
          wait = firstWait;
        });
      } catch (error) {
        if (isLockedOut(error)) {
          dropWindowToken();
          this.#connection.set({ kind: 'locked-out', by: 'pass' });
          return;
        }
        if (error instanceof Problem && error.code === 'vault-locked') {
          this.#connection.set({ kind: 'locked-out', by: 'vault' });
        }
      }
      this.#goStale();
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, longestWait);
    }
  }

  #goStale(): void {
    this.#connection.update((before) =>
      before.kind === 'live' ? { kind: 'stale', since: this.#lastSeen } : before,
    );
  }

  async #followOnce(onLive: () => void): Promise<void> {
    const ending = new AbortController();
    const watchdog = setInterval(() => {
      if (Date.now() - this.#lastSeen > silence) ending.abort();
    }, 5_000);
    try {
      this.#lastSeen = Date.now();
      const events = this.#owner.client.events({
        signal: ending.signal,
        lastEventId: this.#lastEventId ?? nothingSeen,
        onSign: () => {
          this.#lastSeen = Date.now();
          if (this.#lastEventId === undefined) return;
          this.#connection.set({ kind: 'live' });
          onLive();
        },
      });
      for await (const event of events) await this.#heed(event);
    } finally {
      clearInterval(watchdog);
      ending.abort();
    }
  }

  async #heed({ id, event }: ReceivedEvent): Promise<void> {
    switch (event.type) {
      case 'session':
        this.take(event.session);
        break;
      case 'session-removed':
        this.forget(event.sessionId);
        break;
      case 'prompt':
        this.forgetPrompt(event.prompt.promptId);
        this.#prompts.update((all) => [...all, event.prompt]);
        break;
      case 'prompt-closed':
        this.forgetPrompt(event.promptId);
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
        if (told.has(event.kind)) void this.#tell(sessionId, event.kind);
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
        this.#settings.set(await this.#owner.client.request('GET', '/v1/settings'));
        break;
    }
    this.#lastEventId = id;
    this.#connection.set({ kind: 'live' });
  }

  /** Says what happened behind everybody's back, in the words of the history. */
  async #tell(session: string, kind: HistoryKind): Promise<void> {
    const query = { session, kind, limit: 1 };
    const { items } = await this.#owner.client.request('GET', '/v1/history', { query });
    const [entry] = items;
    if (entry === undefined) return;
    const name = entry.sessionName ?? 'A session';
    this.#notes.warn(`${name}: ${entry.message ?? ''}`, told.get(kind));
  }

  async #readAll(): Promise<void> {
    const { client } = this.#owner;
    const { items: sessions } = await allSessions(client);
    const { items } = await client.request('GET', '/v1/prompts');
    const integrations = await client.request('GET', '/v1/integrations');
    const identityProviders = await client.request('GET', '/v1/idps');
    const settings = await client.request('GET', '/v1/settings');
    const { vault } = await client.request('GET', '/v1/owner');
    this.#sessions.set(new Map(sessions.map((session) => [session.sessionId, session])));
    this.#prompts.set(items);
    this.#integrations.set(integrations.items);
    this.#identityProviders.set(identityProviders.items);
    this.#settings.set(settings);
    this.#vaultLocked.set(vault.locked);
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
