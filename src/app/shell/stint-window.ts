import type { ElementRef } from '@angular/core';
import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import type { Session } from '../connection/owner-client.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { Icon } from '../icons/icon.ts';
import { PromptCards } from '../prompts/prompt-cards.ts';
import { SessionDetail } from '../session-detail/session-detail.ts';
import { SessionForm } from '../session-form/session-form.ts';
import { ListView } from '../sessions/list-view.ts';
import { Operations } from '../sessions/operations.ts';
import { SessionList } from '../sessions/session-list.ts';
import { Theme } from '../theme/theme.ts';
import { ToastList } from '../toasts/toast-list.ts';
import { FirstRun } from './first-run.ts';
import { IntegrationsPage } from '../integrations/integrations-page.ts';
import { Keys } from './keys.ts';
import { LockedOut } from './locked-out.ts';
import { Page } from '../navigation/page.ts';
import { Segments } from './segments.ts';
import { StatusBar } from './status-bar.ts';

/** The dialog over the page. */
type Overlay =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly session: Session }
  | { readonly kind: 'remove'; readonly session: Session }
  | { readonly kind: 'keys' };

/** What each key does, given the session whose details are shown. */
type KeyActions = Readonly<Record<string, (selected: Session | undefined) => void>>;

/** The whole window: side bar, search, list, details, and the dialogs over them. */
@Component({
  selector: 'stint-window',
  imports: [
    Confirmation,
    FirstRun,
    Icon,
    IntegrationsPage,
    Keys,
    LockedOut,
    PromptCards,
    Segments,
    SessionDetail,
    SessionForm,
    SessionList,
    StatusBar,
    ToastList,
  ],
  templateUrl: './stint-window.html',
  styleUrl: './stint-window.css',
  host: {
    '(document:keydown)': 'onKey($event)',
    // Lets a row be scrolled clear of a question card.
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
    return connection.kind === 'locked-out' ? connection.by : 'access';
  });
  protected readonly isEmpty = computed(() => this.workspace.sessions().length === 0);

  /** The session whose details are shown, next to the list. */
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

  /** The shortcuts that `Keys` lists, unless the person is typing. */
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
    const action =
      this.#actions[event.key] ??
      (this.page.shown() === 'sessions' ? this.#sessionActions : this.#pageActions)[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action(this.shownDetail());
  }

  readonly #actions: KeyActions = {
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

  /** On a page without sessions. */
  readonly #pageActions: KeyActions = {
    Escape: () => {
      this.page.shown.set('sessions');
    },
  };

  /** On the list, for the selected session. */
  readonly #sessionActions: KeyActions = {
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
