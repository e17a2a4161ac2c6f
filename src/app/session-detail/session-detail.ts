import { Component, computed, inject, input, output } from '@angular/core';
import { durationText, roughDuration } from '../../models/duration.ts';
import type { Prompt, Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Icon } from '../icons/icon.ts';
import { TimeRing } from '../icons/time-ring.ts';
import { Deliveries } from '../sessions/deliveries.ts';
import { deliveryLabel } from '../sessions/delivery-text.ts';
import { Operations } from '../sessions/operations.ts';
import { accountText, endReasonText, timeLeft, typeText } from '../sessions/session-text.ts';
import { Sources } from '../sessions/sources.ts';
import { Page } from '../navigation/page.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Commands } from './commands.ts';
import { Leases } from './leases.ts';
import { Runs } from './runs.ts';

/** One session in full: its state, its actions, how to use it, and what happened to it. */
@Component({
  selector: 'stint-session-detail',
  imports: [Commands, Icon, Leases, Runs, TimeRing],
  templateUrl: './session-detail.html',
  styleUrl: './session-detail.css',
})
export class SessionDetail {
  protected readonly operations = inject(Operations);
  readonly #sources = inject(Sources);
  readonly #deliveries = inject(Deliveries);
  protected readonly page = inject(Page);
  readonly #now = inject(Now);
  readonly #workspace = inject(Workspace);
  readonly session = input.required<Session>();
  /** Another session, on the access path of this one. */
  readonly selected = output<Session>();
  readonly edit = output();
  readonly remove = output();
  readonly closed = output();

  protected readonly busy = computed(() => this.operations.isBusy(this.session().sessionId));
  protected readonly findings = computed(() =>
    this.session().status === 'active' ? this.operations.findings(this.session().sessionId) : [],
  );
  /** The question that the session waits for, which can be one of its parent or integration. */
  readonly #question = computed(() => {
    const ids = this.#sources.idsOnPath(this.session());
    return this.#workspace
      .prompts()
      .find(
        ({ sessionId = '', integrationId = '' }) => ids.has(sessionId) || ids.has(integrationId),
      );
  });
  protected readonly subtitle = computed(() => {
    const session = this.session();
    return [
      accountText(session) ?? typeText(session),
      session.region,
      'profileName' in session ? `profile ${session.profileName}` : undefined,
    ]
      .filter((part) => part !== undefined)
      .join(' · ');
  });
  protected readonly timeLeft = computed(() => timeLeft(this.session(), this.#now.time()));
  protected readonly headline = computed(() => {
    const { status } = this.session();
    if (status === 'pending') return 'Starting…';
    const left = this.timeLeft();
    return left === undefined ? 'Inactive' : `${roughDuration(left.milliseconds)} left`;
  });
  protected readonly explanation = computed(() => {
    const session = this.session();
    if (session.status === 'pending') {
      return waitingText(this.#question()) ?? `Contacting ${cloudOf(session)}…`;
    }
    if (session.status === 'inactive') {
      if (session.lastEnd === undefined) return 'Never started';
      const { reason, at } = session.lastEnd;
      return `${capitalized(endReasonText(reason))}, ${moment(at, this.#now.time())}`;
    }
    if (session.renewAt === undefined) return '';
    const until = Date.parse(session.renewAt) - this.#now.time();
    if (until > 0) return `Renews in ${roughDuration(until)}`;
    return waitingText(this.#question()) ?? 'Renewing…';
  });
  /** What the owner reported when the last run ended, if it says more than the reason. */
  protected readonly endMessage = computed(() => {
    const { status, lastEnd } = this.session();
    if (status !== 'inactive' || lastEnd === undefined) return undefined;
    return ['failed', 'expired', 'crashed'].includes(lastEnd.reason) ? lastEnd.message : undefined;
  });
  protected readonly accessPath = computed(() => this.#sources.accessPath(this.session()));
  /** What its provider reported about it. */
  protected readonly remarks = computed(() => {
    const session = this.session();
    const { vanishedAt, roleSecondsGranted } = session;
    const remarks: string[] = [];
    if (vanishedAt !== undefined) {
      const source = 'integrationId' in session ? session.integrationId : '';
      const name = this.#sources.nameOf(source) ?? 'its integration';
      remarks.push(`No longer available from ${name} since ${fullMoment(vanishedAt)}.`);
    }
    if (roleSecondsGranted !== undefined) {
      const most = durationText(roleSecondsGranted);
      remarks.push(`AWS limits this role to ${most} at a time.`);
    }
    return remarks;
  });
  protected readonly facts = computed(() => {
    const session = this.session();
    const facts: (readonly [string, string])[] = [
      ['Session type', typeText(session)],
      ...this.#roleFacts(),
    ];
    if (session.credentialsExpireAt !== undefined) {
      facts.push(['Credentials expire', fullMoment(session.credentialsExpireAt)]);
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

  /** How its credentials are delivered, and its limits. */
  readonly #runFacts = computed(() => {
    const { limits = {}, run } = this.session();
    const delivery = deliveryLabel(this.#deliveries.of(this.session()));
    const facts: (readonly [string, string])[] = [['Delivery', delivery]];
    if (run?.endsAt !== undefined) facts.push(['Ends by', fullMoment(run.endsAt)]);
    else if (limits.maxSessionSeconds !== undefined) {
      facts.push(['Maximum duration', durationText(limits.maxSessionSeconds)]);
    }
    if (limits.idleSeconds !== undefined) {
      facts.push(['Idle timeout', durationText(limits.idleSeconds)]);
    }
    if (limits.maxLeases !== undefined) facts.push(['Lease limit', `${limits.maxLeases}`]);
    return facts;
  });

  readonly #roleFacts = computed(() => {
    const session = this.session();
    const facts: (readonly [string, string])[] = [];
    if (session.type === 'azure') {
      facts.push(
        ['Subscription', session.subscriptionName],
        ['Subscription ID', session.subscriptionId],
        ['Tenant', session.tenantId],
      );
    }
    if (session.type === 'awsIamRoleChained') {
      facts.push(['Role session name', session.roleSessionName]);
      if (session.externalId !== undefined) facts.push(['External ID', session.externalId]);
      if (session.sourceIdentity !== undefined) {
        facts.push(['Source identity', session.sourceIdentity]);
      }
    }
    if ('email' in session) facts.push(['Account email', session.email]);
    return facts;
  });
}

function waitingText(question: Prompt | undefined): string | undefined {
  switch (question?.kind) {
    case undefined:
      return undefined;
    case 'mfa':
      return 'Waiting for your MFA code';
    case 'login':
    case 'device-code':
    case 'saml':
      return 'Waiting for you to sign in';
    case 'confirm':
    case 'unlock':
    case 'choice':
      return 'Waiting for your answer';
  }
}

function cloudOf({ type }: Session): string {
  return type === 'azure' ? 'Azure' : 'AWS';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
