import { Component, computed, inject, input, output } from '@angular/core';
import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';
import { environmentKind } from '../environment/environment-kind.ts';
import { EnvironmentStrip } from '../environment/environment-strip.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { Environments } from '../environment/environments.ts';
import { Icon } from '../icons/icon.ts';
import { TimeRing } from '../icons/time-ring.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { nameParts } from './account.ts';
import type { Column, ColumnId } from './columns.ts';
import type { Grouping } from './grouping.ts';
import { InUse } from './in-use.ts';
import { stateNames } from './session-state.ts';
import { accountOf, roleOf, spaced, timeLeft, typeText } from './session-text.ts';
import { profileParts, smallText, usersText } from './row-text.ts';
import { NewSessions } from './new-sessions.ts';
import { Sources } from './sources.ts';
import { Waiting } from './waiting.ts';

/** One session in the list. */
@Component({
  selector: 'stint-session-row',
  imports: [EnvironmentStrip, EnvironmentTag, Icon, TimeRing],
  templateUrl: './session-row.html',
  styleUrl: './session-row.css',
  host: { '[class.live]': "session().status !== 'inactive'" },
})
export class SessionRow {
  readonly #now = inject(Now);
  readonly #sources = inject(Sources);
  readonly #waiting = inject(Waiting);
  readonly #environments = inject(Environments);
  readonly #newSessions = inject(NewSessions);
  readonly #inUse = inject(InUse);
  readonly session = input.required<Session>();
  readonly columns = input.required<readonly Column[]>();
  readonly grouping = input.required<Grouping>();
  /** That of the head of its group, which shows it. */
  readonly groupEnvironment = input<string>();
  readonly checked = input.required<boolean>();
  /** Whether the check mark extends to this row. */
  readonly check = output<{ readonly extend: boolean }>();
  readonly answer = output();

  protected readonly state = computed(() => this.#waiting.stateOf(this.session()));
  protected readonly stateName = computed(() => stateNames[this.state()]);
  protected readonly ring = computed(() => {
    const state = this.state();
    if (state === 'failed') return 'failed';
    if (state === 'waiting') return 'asking';
    return state === 'inactive' ? 'off' : undefined;
  });
  protected readonly environment = computed(() => this.#environments.of(this.session()));
  protected readonly kind = computed(() => environmentKind(this.environment() ?? ''));
  protected readonly showsEnvironment = computed(
    () =>
      this.groupEnvironment() !== this.environment() &&
      !this.columns().some(({ id }) => id === 'environment'),
  );
  protected readonly isNew = computed(() => this.#newSessions.isNew(this.session()));
  protected readonly name = computed(() => nameParts(this.session()));
  /** The head of the group names the account. */
  protected readonly showsRole = computed(() => this.grouping() === 'account');
  protected readonly hasRoleColumn = computed(() => this.columns().some(({ id }) => id === 'role'));
  protected readonly small = computed(() =>
    smallText(this.session(), this.#sources.sourceText(this.session())),
  );
  /** The programs that use it; undefined for none. */
  protected readonly users = computed(() => usersText(this.#inUse.programs(this.session())));
  protected readonly profile = computed(() => profileParts(this.session()));
  /** Only active sessions depend on the clock. */
  readonly #timeLeft = computed(() => {
    const session = this.session();
    return session.status === 'active' ? timeLeft(session, (at) => this.#now.until(at)) : undefined;
  });
  protected readonly low = computed(() => this.#timeLeft()?.low ?? false);
  protected readonly share = computed(() =>
    this.state() === 'pending' ? undefined : (this.#timeLeft()?.share ?? 0),
  );
  protected readonly left = computed(() => {
    if (this.state() === 'failed') return 'Failed';
    const left = this.#timeLeft();
    return left === undefined ? '–' : roughDuration(left.milliseconds);
  });
  protected readonly answerText = computed(() =>
    this.#waiting.questionOf(this.session().sessionId)?.kind === 'mfa' ? 'Enter code' : 'Answer',
  );
  readonly #startedAt = computed(() => {
    const { startDateTime, lastEnd } = this.session();
    return this.state() === 'failed' ? (lastEnd?.at ?? startDateTime) : startDateTime;
  });
  protected readonly started = computed(() => {
    const at = this.#startedAt();
    return at === '' ? '–' : moment(at, Date.now());
  });
  protected readonly startedInFull = computed(() => {
    const at = this.#startedAt();
    if (at === '') return 'Never started';
    return this.state() === 'failed' ? `Failed ${fullMoment(at)}` : fullMoment(at);
  });

  protected text(column: ColumnId): string {
    const session = this.session();
    switch (column) {
      case 'role':
        return roleOf(session) ?? '';
      case 'account':
        return session.type === 'azure' ? session.subscriptionId : spaced(accountOf(session) ?? '');
      case 'type':
        return typeText(session);
      case 'region':
        return session.region;
      case 'environment':
        return this.environment() ?? '';
      case 'labels':
        return session.labels.join(', ');
      case 'source':
        return this.#sources.sourceText(session) ?? '';
      case 'session':
      case 'profile':
      case 'started':
      case 'left':
        return '';
    }
  }

  protected onCheck(event: MouseEvent): void {
    event.stopPropagation();
    // The list decides, and shows it: a range can leave this box unchecked.
    event.preventDefault();
    this.check.emit({ extend: event.shiftKey });
  }
}
