import { Component, computed, inject, input, output } from '@angular/core';
import { durationText, roughDuration } from '../../models/duration.ts';
import type { Session } from '../connection/owner-client.ts';
import { Icon } from '../icons/icon.ts';
import { LifeRing } from '../icons/life-ring.ts';
import { Deliveries } from '../sessions/deliveries.ts';
import { deliveryLabel } from '../sessions/delivery-text.ts';
import { Operations } from '../sessions/operations.ts';
import { endReasonText, lifeLeft, placeWords, accessMethod } from '../sessions/session-text.ts';
import { Sources } from '../sessions/sources.ts';
import { Page } from '../shell/page.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Commands } from './commands.ts';
import { Leases } from './leases.ts';
import { Runs } from './runs.ts';

/** One session in full: how it stands, what can be done with it, how to use it, what happened. */
@Component({
  selector: 'stint-session-detail',
  imports: [Commands, Icon, Leases, LifeRing, Runs],
  templateUrl: './session-detail.html',
  styleUrl: './session-detail.css',
})
export class SessionDetail {
  protected readonly operations = inject(Operations);
  readonly #sources = inject(Sources);
  readonly #deliveries = inject(Deliveries);
  protected readonly page = inject(Page);
  readonly #now = inject(Now);
  readonly session = input.required<Session>();
  /** Another session, that this one goes through. */
  readonly selected = output<Session>();
  readonly edit = output();
  readonly remove = output();
  readonly closed = output();

  protected readonly busy = computed(() => this.operations.isBusy(this.session().sessionId));
  protected readonly findings = computed(() =>
    this.session().status === 'active' ? this.operations.findings(this.session().sessionId) : [],
  );
  protected readonly subtitle = computed(() => {
    const session = this.session();
    return [
      placeWords(session) ?? accessMethod(session),
      session.region,
      'profileName' in session ? `profile ${session.profileName}` : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  });
  protected readonly life = computed(() => lifeLeft(this.session(), this.#now.time()));
  protected readonly headline = computed(() => {
    const { status } = this.session();
    if (status === 'pending') return 'Starting…';
    const life = this.life();
    return life === undefined ? 'Inactive' : `${roughDuration(life.milliseconds)} left`;
  });
  protected readonly explanation = computed(() => {
    const session = this.session();
    if (session.status === 'pending') {
      const cloud = session.type === 'azure' ? 'Azure' : 'AWS';
      return `waits for ${cloud}, or for an answer of yours`;
    }
    if (session.status === 'inactive') {
      if (session.lastEnd === undefined) return 'never started';
      const { reason, at } = session.lastEnd;
      return `${endReasonText(reason)}, ${moment(at, this.#now.time())}`;
    }
    if (session.renewAt === undefined) return '';
    const until = Date.parse(session.renewAt) - this.#now.time();
    return until <= 0 ? 'is being renewed' : `renews by itself in ${roughDuration(until)}`;
  });
  /** What the owner said when the last run ended, where it is more than the reason. */
  protected readonly lastWords = computed(() => {
    const { status, lastEnd } = this.session();
    if (status !== 'inactive' || lastEnd === undefined) return undefined;
    return ['failed', 'expired', 'crashed'].includes(lastEnd.reason) ? lastEnd.message : undefined;
  });
  protected readonly way = computed(() => this.#sources.way(this.session()));
  /** What its provider has said about it that a person should know. */
  protected readonly remarks = computed(() => {
    const session = this.session();
    const { vanishedAt, roleSecondsGranted } = session;
    const remarks: string[] = [];
    if (vanishedAt !== undefined) {
      const source = 'integrationId' in session ? session.integrationId : '';
      const name = this.#sources.nameOf(source) ?? 'its integration';
      remarks.push(`No longer offered by ${name} since ${fullMoment(vanishedAt)}.`);
    }
    if (roleSecondsGranted !== undefined) {
      const most = durationText(roleSecondsGranted);
      remarks.push(`AWS grants this role no more than ${most} at a time.`);
    }
    return remarks;
  });
  protected readonly facts = computed(() => {
    const session = this.session();
    const facts: (readonly [string, string])[] = [
      ['Access', accessMethod(session)],
      ...this.#roleFacts(),
    ];
    if (session.credentialsExpireAt !== undefined) {
      facts.push(['Credentials until', fullMoment(session.credentialsExpireAt)]);
    }
    if (session.startDateTime !== '') {
      facts.push([
        session.status === 'active' ? 'Active since' : 'Last started',
        fullMoment(session.startDateTime),
      ]);
    }
    facts.push(...this.#runFacts());
    if (session.environment !== undefined) facts.push(['Environment', session.environment]);
    if (session.labels !== undefined) facts.push(['Labels', session.labels.join(', ')]);
    return facts;
  });

  /** How it is delivered, and what ends it. */
  readonly #runFacts = computed(() => {
    const { limits = {}, run } = this.session();
    const delivery = deliveryLabel(this.#deliveries.of(this.session()));
    const facts: (readonly [string, string])[] = [['Delivery', delivery]];
    if (run?.endsAt !== undefined) facts.push(['Ends at the latest', fullMoment(run.endsAt)]);
    else if (limits.maxSessionSeconds !== undefined) {
      facts.push(['Longest run', durationText(limits.maxSessionSeconds)]);
    }
    if (limits.idleSeconds !== undefined) {
      facts.push(['Ends unused after', durationText(limits.idleSeconds)]);
    }
    if (limits.maxLeases !== undefined) facts.push(['Leases of a run', `${limits.maxLeases}`]);
    return facts;
  });

  readonly #roleFacts = computed(() => {
    const session = this.session();
    const facts: (readonly [string, string])[] = [];
    if (session.type === 'azure') {
      facts.push(
        ['Subscription', session.subscriptionName],
        ['Subscription id', session.subscriptionId],
        ['Tenant', session.tenantId],
      );
    }
    if (session.type === 'awsIamRoleChained') {
      facts.push(['Role session name', session.roleSessionName]);
      if (session.externalId !== undefined) facts.push(['External id', session.externalId]);
      if (session.sourceIdentity !== undefined) {
        facts.push(['Source identity', session.sourceIdentity]);
      }
    }
    if ('email' in session) facts.push(['Account email', session.email]);
    return facts;
  });
}
