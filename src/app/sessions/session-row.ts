import { Component, computed, inject, input } from '@angular/core';
import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';
import { CloudBadge } from '../icons/cloud-badge.ts';
import { TimeRing } from '../icons/time-ring.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Sources } from './sources.ts';
import { subtitle, timeLeft, typeText } from './session-text.ts';

@Component({
  selector: 'stint-session-row',
  imports: [CloudBadge, TimeRing],
  templateUrl: './session-row.html',
  styleUrl: './session-row.css',
})
export class SessionRow {
  readonly #now = inject(Now);
  readonly #sources = inject(Sources);
  readonly session = input.required<Session>();
  protected readonly typeText = computed(() => typeText(this.session()));
  protected readonly subtitle = computed(() =>
    subtitle(this.session(), this.#sources.sourceText(this.session())),
  );
  protected readonly isAzure = computed(() => this.session().type === 'azure');
  protected readonly profile = computed(() => {
    const session = this.session();
    return 'profileName' in session ? session.profileName : '–';
  });
  /** Only active sessions depend on the clock. */
  protected readonly timeLeft = computed(() => {
    const session = this.session();
    return session.status === 'active' ? timeLeft(session, this.#now.time()) : undefined;
  });
  protected readonly left = computed(() => {
    const left = this.timeLeft();
    return left === undefined ? '–' : roughDuration(left.milliseconds);
  });
  protected readonly started = computed(() => {
    const { startDateTime } = this.session();
    return startDateTime === '' ? '–' : moment(startDateTime, Date.now());
  });
  protected readonly startedInFull = computed(() => {
    const { startDateTime } = this.session();
    return startDateTime === '' ? 'Never started' : fullMoment(startDateTime);
  });
}
