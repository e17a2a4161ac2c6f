import { Component, computed, inject, input, output } from '@angular/core';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { CopyButton } from '../copy/copy-button.ts';
import type { HistoryEntry } from '../../models/history.ts';
import { Workspace } from '../connection/workspace.ts';
import { Environments } from '../environment/environments.ts';
import { environmentKind } from '../environment/environment-kind.ts';
import { Icon } from '../icons/icon.ts';
import { fullMoment } from '../time/time-text.ts';
import { timeOfDay } from './days.ts';
import { entryNote, fieldLabel, kindText, snapshotFacts, valueText } from './entry-text.ts';
import { whoText } from './who-text.ts';

/** One entry of the history: a row that opens to everything that is known about it. */
@Component({
  selector: 'stint-history-entry',
  imports: [CopyButton, EnvironmentTag, Icon],
  templateUrl: './history-entry.html',
  styleUrl: './history-entry.css',
  host: {
    '[class.production]': 'isProduction()',
    '[class.open]': 'open()',
  },
})
export class HistoryEntryRow {
  readonly #workspace = inject(Workspace);
  readonly #environments = inject(Environments);
  readonly entry = input.required<HistoryEntry>();
  readonly open = input(false);
  /** The one row that Tab reaches. */
  readonly isTabStop = input(false);
  readonly toggled = output();
  /** Show the session of the entry. */
  readonly showSession = output<string>();

  protected readonly kind = computed(() => kindText(this.entry()));
  protected readonly note = computed(() => entryNote(this.entry()));
  protected readonly who = computed(() => whoText(this.entry()));
  protected readonly time = computed(() => timeOfDay(this.entry().at));
  protected readonly inFull = computed(() => fullMoment(this.entry().at));
  protected readonly session = computed(() => {
    const { sessionId } = this.entry();
    return sessionId === undefined ? undefined : this.#workspace.session(sessionId);
  });
  protected readonly environment = computed(() => {
    const { snapshot } = this.entry();
    // At that time, where the entry says so.
    const then = snapshot?.['environment'];
    if (typeof then === 'string') return then;
    const session = this.session();
    return session === undefined ? undefined : this.#environments.of(session);
  });
  protected readonly isProduction = computed(
    () => environmentKind(this.environment() ?? '') === 'production',
  );
  protected readonly facts = computed(() => {
    const { snapshot } = this.entry();
    return snapshot === undefined ? [] : snapshotFacts(snapshot);
  });
  protected readonly changes = computed(() =>
    (this.entry().changes ?? []).map((change) => ({
      label: fieldLabel(change.field),
      isShown: 'from' in change || 'to' in change,
      from: valueText(change.from),
      to: valueText(change.to),
    })),
  );
  protected readonly json = computed(() => JSON.stringify(this.entry(), undefined, 2));
}
