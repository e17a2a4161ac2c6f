import { Component, computed, inject, input } from '@angular/core';
import { roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';
import { CloudBadge } from '../icons/cloud-badge.ts';
import { LifeRing } from '../icons/life-ring.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Sources } from './sources.ts';
import { lifeLeft, subtitle, accessMethod } from './session-text.ts';

@Component({
  selector: 'stint-session-row',
  imports: [CloudBadge, LifeRing],
  templateUrl: './session-row.html',
  styleUrl: './session-row.css',
})
export class SessionRow {
  readonly #now = inject(Now);
  readonly #sources = inject(Sources);
  readonly session = input.required<Session>();
  protected readonly accessMethod = computed(() => accessMethod(this.session()));
  protected readonly subtitle = computed(() =>
    subtitle(this.session(), this.#sources.before(this.session())),
  );
  protected readonly isAzure = computed(() => this.session().type === 'azure');
  protected readonly profile = computed(() => {
    const session = this.session();
    return 'profileName' in session ? session.profileName : '–';
  });
  /** Only what is active looks at the clock. */
  protected readonly life = computed(() => {
    const session = this.session();
    return session.status === 'active' ? lifeLeft(session, this.#now.time()) : undefined;
  });
  protected readonly left = computed(() => {
    const life = this.life();
    return life === undefined ? '–' : roughDuration(life.milliseconds);
  });
  protected readonly started = computed(() => {
    const { startDateTime } = this.session();
    return startDateTime === '' ? '–' : moment(startDateTime, Date.now());
  });
  protected readonly startedInFull = computed(() => {
    const { startDateTime } = this.session();
    return startDateTime === '' ? 'never started' : fullMoment(startDateTime);
  });
}
