import type { ElementRef } from '@angular/core';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import type { Session } from '../connection/owner-client.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { Icon } from '../icons/icon.ts';
import { NoteList } from '../notes/note-list.ts';
import { PromptCards } from '../prompts/prompt-cards.ts';
import { SessionDetail } from '../session-detail/session-detail.ts';
import { SessionForm } from '../session-form/session-form.ts';
import { ListView } from '../sessions/list-view.ts';
import { Operations } from '../sessions/operations.ts';
import { SessionList } from '../sessions/session-list.ts';
import { Theme } from '../theme/theme.ts';
import { FirstRun } from './first-run.ts';
import { IntegrationsPage } from '../integrations/integrations-page.ts';
import { Keys } from './keys.ts';
import { LockedOut } from './locked-out.ts';
import { Page } from './page.ts';
import { Segments } from './segments.ts';
import { StatusBar } from './status-bar.ts';

/** What lies over the page; one at a time. */
type Overlay =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly session: Session }
  | { readonly kind: 'remove'; readonly session: Session }
  | { readonly kind: 'keys' };

/** What a key does, with the session whose details are shown. */
type Acts = Readonly<Record<string, (selected: Session | undefined) => void>>;

/** The whole window: segments, search, list, detail, and what lies over them. */
@Component({
  selector: 'stint-window',
  imports: [
    Confirmation,
    FirstRun,
    Icon,
    IntegrationsPage,
    Keys,
    LockedOut,
    NoteList,
    PromptCards,
    Segments,
    SessionDetail,
    SessionForm,
    SessionList,
    StatusBar,
  ],
  templateUrl: './stint-window.html',
  styleUrl: './stint-window.css',
  host: {
    '(document:keydown)': 'onKey($event)',
    // So that what lies below a question can be scrolled clear of it.
    '[style.--room-below]': "workspace.prompts().length > 0 ? '216px' : null",
  },
})
export class StintWindow {
  protected readonly workspace = inject(Workspace);
  protected readonly view = inject(ListView);
  protected readonly operations = inject(Operations);
  protected readonly theme = inject(Theme);
  protected readonly page = inject(Page);
  protected readonly overlay = signal<Overlay | undefined>(undefined);
  protected readonly searchField = viewChild<ElementRef<HTMLInputElement>>('search');
  protected readonly list = viewChild(SessionList);
  protected readonly lockedOutBy = computed(() => {
    const connection = this.workspace.connection();
    return connection.kind === 'locked-out' ? connection.by : 'pass';
  });
  protected readonly isEmpty = computed(() => this.workspace.sessions().length === 0);

  /** The details are those of a session in the list. */
  protected readonly shownDetail = computed(() =>
    this.page.shown() === 'sessions' ? this.view.selected() : undefined,
  );

  constructor() {
    void this.workspace.follow();
  }

  protected select(session: Session): void {
    this.page.shown.set('sessions');
    this.view.query.set('');
    this.view.show('all');
    this.view.selectedId.set(session.sessionId);
    setTimeout(() => this.list()?.focus());
  }

  protected closeDetail(): void {
    this.list()?.focus();
    setTimeout(() => {
      this.view.selectedId.set(undefined);
    });
  }

  protected onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.view.move('first');
      this.list()?.focus();
    } else if (event.key === 'Escape') {
      this.view.query.set('');
      this.list()?.focus();
    }
  }

  /** Single letters, unless somebody is typing; the list of them is in `Keys`. */
  protected onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (this.workspace.connection().kind === 'locked-out' || this.overlay() !== undefined) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.searchField()?.nativeElement.select();
      return;
    }
    const typing =
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act =
      this.#acts[event.key] ??
      (this.page.shown() === 'sessions' ? this.#sessionActs : this.#pageActs)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(this.shownDetail());
  }

  readonly #acts: Acts = {
    '/': () => this.searchField()?.nativeElement.select(),
    n: () => {
      this.overlay.set({ kind: 'add' });
    },
    i: () => {
      this.page.shown.update((page) => (page === 'sessions' ? 'integrations' : 'sessions'));
    },
    '?': () => {
      this.overlay.set({ kind: 'keys' });
    },
  };

  /** On a page that lists no sessions. */
  readonly #pageActs: Acts = {
    Escape: () => {
      this.page.shown.set('sessions');
    },
  };

  /** What can be done with the list, and with the session selected in it. */
  readonly #sessionActs: Acts = {
    s: (session) => {
      if (session !== undefined) void this.operations.toggle(session);
    },
    r: (session) => {
      if (session?.status === 'active') void this.operations.rotate(session);
    },
    p: (session) => {
      if (session !== undefined) void this.operations.pin(session, session.pinned !== true);
    },
    e: (session) => {
      if (session !== undefined) this.overlay.set({ kind: 'edit', session });
    },
    Delete: (session) => {
      if (session !== undefined) this.overlay.set({ kind: 'remove', session });
    },
    Escape: (session) => {
      if (session !== undefined) this.closeDetail();
    },
    j: () => {
      this.view.move(1);
      this.list()?.focus();
    },
    k: () => {
      this.view.move(-1);
      this.list()?.focus();
    },
  };
}
