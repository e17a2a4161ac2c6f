import type { ElementRef } from '@angular/core';
import { Component, computed, effect, inject, signal, untracked, viewChild } from '@angular/core';
import { Workspace } from '../connection/workspace.ts';
import type { Session } from '../connection/owner-client.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { Icon } from '../icons/icon.ts';
import { focusPrompt } from '../prompts/focus-prompt.ts';
import { PromptCards } from '../prompts/prompt-cards.ts';
import { SessionDetail } from '../session-detail/session-detail.ts';
import { SessionForm } from '../session-form/session-form.ts';
import { Clipboard } from '../copy/clipboard.ts';
import { Menu } from '../menu/menu.ts';
import { BulkBar } from '../sessions/bulk-bar.ts';
import { CheckMarks } from '../sessions/check-marks.ts';
import { ListCursor } from '../sessions/list-cursor.ts';
import { ListToolbar } from '../sessions/list-toolbar.ts';
import { ListView } from '../sessions/list-view.ts';
import { NewSessions } from '../sessions/new-sessions.ts';
import { Operations } from '../sessions/operations.ts';
import { SessionActions } from '../sessions/session-actions.ts';
import { copyFacts } from '../sessions/session-facts.ts';
import { SessionList, type MenuRequest } from '../sessions/session-list.ts';
import { Waiting } from '../sessions/waiting.ts';
import { WebConsole } from '../sessions/web-console.ts';
import { Palette } from '../palette/palette.ts';
import { Overlays } from './overlays.ts';
import { Theme } from '../theme/theme.ts';
import { ToastList } from '../toasts/toast-list.ts';
import { FirstRun } from './first-run.ts';
import { Keys } from './keys.ts';
import { LockedOut } from './locked-out.ts';
import { Page } from '../navigation/page.ts';
import { PageOutlet } from '../navigation/page-outlet.ts';
import { pages } from '../navigation/pages.ts';
import { Segments } from './segments.ts';
import { StatusBar } from './status-bar.ts';
import { WindowRequests } from './window-requests.ts';

/** What each key does, given the session whose details are shown. */
type KeyActions = Readonly<Record<string, (selected: Session | undefined) => void>>;

/** The whole window: side bar, search, list, details, and the dialogs over them. */
@Component({
  selector: 'stint-window',
  imports: [
    BulkBar,
    Confirmation,
    FirstRun,
    Icon,
    Keys,
    ListToolbar,
    LockedOut,
    Menu,
    PageOutlet,
    Palette,
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
  },
})
export class StintWindow {
  protected readonly workspace = inject(Workspace);
  protected readonly view = inject(ListView);
  protected readonly operations = inject(Operations);
  protected readonly theme = inject(Theme);
  protected readonly themeTitle = computed(() =>
    this.theme.current() === 'dark' ? 'Light' : 'Dark',
  );
  protected readonly page = inject(Page);
  protected readonly morePages = pages.filter(({ name }) => name !== 'integrations');
  protected readonly overlays = inject(Overlays);
  readonly #marks = inject(CheckMarks);
  readonly #newSessions = inject(NewSessions);
  readonly #cursor = inject(ListCursor);
  readonly #console = inject(WebConsole);
  readonly #waiting = inject(Waiting);
  readonly #clipboard = inject(Clipboard);
  protected readonly menu = signal<MenuRequest | undefined>(undefined);
  protected readonly menuAnchor = computed(() => {
    const { x = 0, y = 0 } = this.menu() ?? {};
    return { left: x, right: x, top: y, bottom: y };
  });
  protected readonly sessionActions = inject(SessionActions);
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
    inject(WindowRequests);
    void this.workspace.follow();
    let before: readonly Session[] = [];
    effect(() => {
      const now = this.shownDetail();
      const left = before.filter(({ sessionId }) => sessionId !== now?.sessionId);
      before = now === undefined ? [] : [now];
      // New until its details are closed: the list does not change under the person.
      untracked(() => {
        this.#newSessions.markSeen(left);
      });
    });
  }

  protected select(session: Session): void {
    this.view.reveal(session.sessionId);
    setTimeout(() => this.list()?.focus());
  }

  /** Goes to the question that a session waits for. */
  protected answer({ sessionId }: Session): void {
    focusPrompt(this.#waiting.questionOf(sessionId)?.promptId);
  }

  /** At once: what the person selects next stays selected. */
  protected closeDetail(): void {
    this.list()?.focusNow();
    this.view.select(undefined);
  }

  protected onSearchKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      event.preventDefault();
      this.#cursor.move('first');
      this.list()?.focus();
    } else if (event.key === 'Escape') {
      this.view.search('');
      this.list()?.focus();
    }
  }

  /** The shortcuts that `Keys` lists, unless the person is typing. */
  protected onKey(event: KeyboardEvent): void {
    const { target } = event;
    if (this.workspace.connection().kind === 'locked-out' || this.overlays.shown() !== undefined)
      return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.overlays.showPalette();
      return;
    }
    if (target instanceof Element && target.closest('[popover]') !== null) return;
    const typing =
      (target instanceof HTMLInputElement && target.type !== 'checkbox') ||
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
    n: () => this.overlays.add(),
    i: () => {
      this.page.open(this.page.shown() === 'sessions' ? 'integrations' : 'sessions');
    },
    '?': () => this.overlays.showKeys(),
  };

  /** On a page without sessions. */
  readonly #pageActions: KeyActions = {
    Escape: () => {
      this.page.open('sessions');
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
      if (session !== undefined) void this.operations.pin(session, !session.pinned);
    },
    e: (session) => {
      if (session !== undefined) this.overlays.edit(session);
    },
    Delete: (session) => {
      if (session !== undefined) this.overlays.remove(session);
    },
    c: (session) => {
      if (session !== undefined && session.type !== 'awsIamUser') void this.#console.open(session);
    },
    y: (session) => {
      const [name, text] = session === undefined ? [] : (copyFacts(session).at(-1) ?? []);
      if (name !== undefined && text !== undefined) void this.#clipboard.copy(name, text);
    },
    x: (session) => {
      if (session !== undefined) this.#marks.toggle(session.sessionId);
    },
    Escape: (session) => {
      if (this.#marks.sessions().length > 0) this.#marks.clear();
      else if (session !== undefined) this.closeDetail();
    },
    j: () => {
      this.#cursor.move(1);
      this.list()?.focus();
    },
    k: () => {
      this.#cursor.move(-1);
      this.list()?.focus();
    },
  };
}
