import { Component, computed, inject, output, signal, viewChild } from '@angular/core';
import { isAside } from '../../models/session-order.ts';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Modal } from '../dialog/modal.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { Icon } from '../icons/icon.ts';
import { TimeRing } from '../icons/time-ring.ts';
import { ListView } from '../sessions/list-view.ts';
import { Operations } from '../sessions/operations.ts';
import { SessionActions } from '../sessions/session-actions.ts';
import { Commands } from './commands.ts';
import { PaletteSessions } from './palette-sessions.ts';
import { ranked, queryWords } from './ranking.ts';
import { entryOf, type Entry, type NewEntry } from './entry.ts';

interface Section {
  readonly title: string;
  readonly note?: string;
  readonly entries: readonly Entry[];
}

/** How many of each kind are shown. */
const most = { sessions: 7, actions: 5, commands: 5 } as const;

/** Finds sessions and actions by a few letters, the most used first. */
@Component({
  selector: 'stint-palette',
  imports: [EnvironmentTag, Icon, Modal, TimeRing],
  templateUrl: './palette.html',
  styleUrl: './palette.css',
})
export class Palette {
  readonly #workspace = inject(Workspace);
  readonly #view = inject(ListView);
  readonly #operations = inject(Operations);
  readonly #actions = inject(SessionActions);
  readonly #commands = inject(Commands);
  readonly #sessions = inject(PaletteSessions);
  /** A session to show. */
  readonly chosen = output<Session>();
  readonly closed = output();
  protected readonly modal = viewChild.required(Modal);
  protected readonly query = signal('');
  protected readonly at = signal(0);
  readonly #prefix = computed(() => /^[>@#]/.exec(this.query())?.[0]);
  readonly #words = computed(() => queryWords(this.query().replace(/^[>@#]/, '')));

  readonly #items = computed(() =>
    this.#workspace
      .sessions()
      .filter((session) => !isAside(session))
      .map(this.#sessions.item),
  );
  readonly #found = computed(() =>
    this.#prefix() === undefined
      ? ranked(this.#items(), this.#words()).slice(0, most.sessions)
      : [],
  );
  /**
   * Whose actions are offered: the first session found, where the last words can belong to the action; or
   * the selected session while nothing is typed.
   */
  readonly #target = computed(() => {
    if (this.#words().length === 0 || this.#prefix() === '>') return this.#view.selected();
    for (let count = this.#words().length; count > 0; count -= 1) {
      const [first] = ranked(this.#items(), this.#words().slice(0, count));
      if (first !== undefined) return first.session;
    }
    return this.#view.selected();
  });

  protected readonly sections = computed<readonly Section[]>(() => {
    let index = 0;
    const words = this.#words();
    const section = (title: string, items: readonly NewEntry[], note?: string): Section => ({
      title,
      ...(note === undefined ? {} : { note }),
      entries: items.map((item) => entryOf(item, words, index++)),
    });
    const target = this.#target();
    return [
      section('Sessions', this.#found().map(this.#sessions.entry), 'Most used first'),
      section(`Actions on ${target?.sessionName ?? ''}`, this.#actionsOn(target)),
      section('Everywhere', this.#everywhere()),
    ].filter(({ entries }) => entries.length > 0);
  });
  protected readonly entries = computed(() => this.sections().flatMap(({ entries }) => entries));

  constructor() {
    void this.#sessions.readStarts();
  }

  protected type(query: string): void {
    this.query.set(query);
    this.at.set(0);
  }

  protected onBackdrop({ target, currentTarget }: Event): void {
    if (target === currentTarget) this.modal().close();
  }

  protected onKey(event: KeyboardEvent): void {
    const last = this.entries().length - 1;
    const to = { ArrowDown: this.at() + 1, ArrowUp: this.at() - 1, PageDown: last, PageUp: 0 }[
      event.key
    ];
    if (to !== undefined) {
      event.preventDefault();
      this.at.set(to > last ? 0 : to < 0 ? last : to);
      setTimeout(() =>
        document.getElementById(`palette-${this.at()}`)?.scrollIntoView({ block: 'nearest' }),
      );
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const entry = this.entries()[this.at()];
      if (entry !== undefined) this.choose(entry);
    }
  }

  /** Starts or shows a session, or does something. */
  protected choose(entry: Entry): void {
    this.modal().close();
    if (entry.target === undefined) {
      entry.run();
      return;
    }
    this.chosen.emit(entry.target);
    if (entry.target.status === 'inactive') void this.#operations.start(entry.target);
  }

  /** With one word at least that the action itself has; the others can name the session. */
  #actionsOn(target: Session | undefined): readonly NewEntry[] {
    const prefix = this.#prefix();
    if (target === undefined || (prefix !== undefined && prefix !== '>')) return [];
    const words = this.#words();
    const items = this.#actions.of(target).filter(({ isDisabled }) => isDisabled !== true);
    const entries = items.map(({ text, icon = 'list', key = '', run }) => ({
      text,
      icon,
      shortcut: key,
      hint: '',
      keywords: [target.sessionName],
      weight: 0,
      action: 'Run',
      run: () => setTimeout(run),
    }));
    const hasWord = ({ text }: NewEntry) =>
      words.length === 0 || words.some((word) => text.toLowerCase().includes(word));
    return ranked(entries, words).filter(hasWord).slice(0, most.actions);
  }

  #everywhere(): readonly NewEntry[] {
    const prefix = this.#prefix();
    const words = this.#words();
    const commands = this.#commands;
    const items =
      prefix === '@'
        ? commands.accounts()
        : prefix === '#'
          ? commands.labels()
          : [
              ...commands.everywhere(),
              ...(words.length === 0 || prefix === '>'
                ? []
                : [...commands.accounts(), ...commands.labels()]),
            ];
    const count = prefix === undefined ? most.commands : 50;
    return ranked(items, words)
      .slice(0, count)
      .map((item) => ({ ...item, shortcut: '', action: 'Run' }));
  }
}
