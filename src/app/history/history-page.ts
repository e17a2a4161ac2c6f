import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  linkedSignal,
  signal,
} from '@angular/core';
import { OwnerClient } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import type { SearchField } from '../fields/form-field.ts';
import { SearchControl } from '../fields/search-control.ts';
import { Icon } from '../icons/icon.ts';
import { Address } from '../navigation/address.ts';
import { PageFrame } from '../page/page-frame.ts';
import { ListView } from '../sessions/list-view.ts';
import { Now } from '../time/now.ts';
import { Toasts } from '../toasts/toasts.ts';
import { byDay } from './days.ts';
import { HistoryEntries } from './history-entries.ts';
import { HistoryEntryRow } from './history-entry.ts';
import {
  formatHistoryFilter,
  historyQuery,
  kindGroups,
  parseHistoryFilter,
  sinceChoices,
  type HistoryFilter,
  type KindGroup,
  type Since,
} from './history-filter.ts';
import { saveFile } from './save-file.ts';
import { Verification } from './verification.ts';

/** What happened, newest first, as a timeline with filters. */
@Component({
  selector: 'stint-history-page',
  imports: [HistoryEntryRow, Icon, PageFrame, SearchControl],
  providers: [HistoryEntries, Verification],
  templateUrl: './history-page.html',
  styleUrl: './history-page.css',
  host: { '(keydown)': 'onKey($event)' },
})
export class HistoryPage {
  readonly #address = inject(Address);
  readonly #owner = inject(OwnerClient);
  readonly #workspace = inject(Workspace);
  readonly #view = inject(ListView);
  readonly #toasts = inject(Toasts);
  readonly #now = inject(Now);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly entries = inject(HistoryEntries);
  protected readonly verification = inject(Verification);
  protected readonly filter = computed(() => parseHistoryFilter(this.#address.query()), {
    equal: (a, b) => formatHistoryFilter(a).toString() === formatHistoryFilter(b).toString(),
  });
  protected readonly exporting = signal(false);
  /** The id of the entry that is open. */
  protected readonly openId = signal<number | undefined>(undefined);
  protected readonly tabStop = linkedSignal(() => this.entries.items()?.[0]?.entryId);
  /** Changes at midnight alone. */
  readonly #today = computed(() => new Date(this.#now.rough()).setHours(0, 0, 0, 0));
  protected readonly days = computed(() => byDay(this.entries.items() ?? [], this.#today()));
  protected readonly sinceChoices = Object.entries(sinceChoices);
  protected readonly groups = Object.entries(kindGroups).map(([value, { title }]) => ({
    value,
    title,
  }));
  protected readonly sessionField = computed<SearchField>(() => ({
    kind: 'search',
    name: 'session',
    label: 'Session',
    placeholder: 'Any session',
    optional: true,
    choices: this.#workspace
      .sessions()
      .map(({ sessionId, sessionName }) => ({ value: sessionId, label: sessionName })),
  }));
  /** Who is known to have asked: people and Stint always, tokens as they appear. */
  protected readonly whoChoices = computed(() => {
    const seen = (this.entries.items() ?? []).map(({ by }) => by);
    const all = [...new Set(['owner', 'window', 'stint', this.filter().who, ...seen])];
    const names: Readonly<Record<string, string>> = {
      owner: 'You, on the command line',
      window: 'You, in the window',
      stint: 'Stint',
      lease: 'Programs with a lease',
    };
    return all
      .filter((by) => by !== '')
      .map((by) => ({ value: by, text: names[by] ?? `Token “${by}”` }));
  });

  constructor() {
    effect(() => {
      void this.entries.show(this.filter());
    });
    void this.verification.check();
  }

  protected change(changes: Partial<HistoryFilter>): void {
    this.#address.go('/history', formatHistoryFilter({ ...this.filter(), ...changes }));
  }

  protected changeGroup(group: string): void {
    this.change({ group: group as KindGroup | '' });
  }

  protected changeSince(since: string): void {
    this.change({ since: since as Since });
  }

  protected reset(): void {
    this.#address.go('/history');
  }

  protected toggle(entryId: number): void {
    this.tabStop.set(entryId);
    this.openId.update((open) => (open === entryId ? undefined : entryId));
  }

  protected showSession(sessionId: string): void {
    this.#view.reveal(sessionId);
  }

  /** Arrows move between entries; Home and End to the first and last. */
  protected onKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || target.dataset['entry'] === undefined) return;
    const ids = (this.entries.items() ?? []).map(({ entryId }) => entryId);
    const at = ids.indexOf(Number(target.dataset['entry']));
    const last = ids.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[key];
    if (to === undefined) return;
    event.preventDefault();
    const id = ids[Math.min(Math.max(to, 0), last)];
    this.tabStop.set(id);
    this.#host.querySelector<HTMLElement>(`[data-entry="${String(id)}"]`)?.focus();
  }

  protected onScroll({ target }: Event): void {
    if (!(target instanceof HTMLElement)) return;
    const isNearEnd = target.scrollTop + target.clientHeight > target.scrollHeight - 600;
    if (isNearEnd && this.entries.hasMore() && !this.entries.reading()) void this.entries.more();
  }

  protected async exportAs(format: 'csv' | 'json'): Promise<void> {
    this.exporting.set(true);
    try {
      const query = new URLSearchParams({ format });
      for (const [name, value] of Object.entries(historyQuery(this.filter(), Date.now()))) {
        for (const one of [value].flat()) query.append(name, one);
      }
      const text = await this.#owner.text(`/v1/history/export?${query.toString()}`);
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      saveFile(`stint-history.${format}`, type, text);
      this.#toasts.success(`The history was saved as stint-history.${format}.`);
    } catch (error) {
      this.#toasts.error(error);
    } finally {
      this.exporting.set(false);
    }
  }
}
