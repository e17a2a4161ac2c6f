import { Component, computed, inject, input, output } from '@angular/core';
import { onThisMachine } from '../../models/clock-offset.ts';
import { durationText, roughDuration } from '../../models/duration.ts';
import { awaitsRenewal } from '../../models/run-state.ts';
import { endpointUrlOf } from '../../models/session-fields.ts';
import type { Prompt, Session } from '../connection/owner-client.ts';
import { environmentKind } from '../environment/environment-kind.ts';
import { EnvironmentTag } from '../environment/environment-tag.ts';
import { Environments } from '../environment/environments.ts';
import { MenuButton } from '../menu/menu-button.ts';
import { Icon } from '../icons/icon.ts';
import { TimeRing } from '../icons/time-ring.ts';
import { Deliveries } from '../sessions/deliveries.ts';
import { deliveryLabel } from '../sessions/delivery-text.ts';
import { Operations } from '../sessions/operations.ts';
import { WebConsole } from '../sessions/web-console.ts';
import { arnParts } from '../sessions/row-text.ts';
import { accountText, endReasonText, timeLeft, typeText } from '../sessions/session-text.ts';
import { SessionActions } from '../sessions/session-actions.ts';
import { failureOf } from '../sessions/session-state.ts';
import { Sources } from '../sessions/sources.ts';
import { Waiting } from '../sessions/waiting.ts';
import { Overlays } from '../shell/overlays.ts';
import { Page } from '../navigation/page.ts';
import { Pieces } from '../page/pieces.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { Commands } from './commands.ts';
import { Copies } from './copies.ts';
import { endsSoonText } from './ends-soon.ts';
import { Leases } from './leases.ts';
import { Runs } from './runs.ts';

/** One session in full: its state, its actions, how to use it, and what happened to it. */
@Component({
  selector: 'stint-session-detail',
  imports: [Commands, Copies, EnvironmentTag, Icon, Leases, MenuButton, Pieces, Runs, TimeRing],
  templateUrl: './session-detail.html',
  styleUrl: './session-detail.css',
})
export class SessionDetail {
  protected readonly operations = inject(Operations);
  protected readonly overlays = inject(Overlays);
  protected readonly webConsole = inject(WebConsole);
  readonly #sources = inject(Sources);
  readonly #deliveries = inject(Deliveries);
  protected readonly page = inject(Page);
  readonly #now = inject(Now);
  readonly #waiting = inject(Waiting);
  readonly #environments = inject(Environments);
  protected readonly sessionActions = inject(SessionActions);
  readonly session = input.required<Session>();
  /** Another session, on the access path of this one. */
  readonly selected = output<Session>();
  readonly closed = output();

  protected readonly busy = computed(() => this.operations.isBusy(this.session().sessionId));
  protected readonly findings = computed(() =>
    this.session().status === 'active' ? this.operations.findings(this.session().sessionId) : [],
  );
  /** The question that the session waits for, which can be one of its parent or integration. */
  readonly #question = computed(() => this.#waiting.questionOf(this.session().sessionId));
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
  protected readonly timeLeft = computed(() =>
    timeLeft(this.session(), (at) => this.#now.until(at)),
  );
  protected readonly headline = computed(() => {
    const session = this.session();
    if (session.status === 'pending') return awaitsRenewal(session) ? 'Renewing…' : 'Starting…';
    if (session.archivedAt !== undefined) return 'Archived';
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
      return `${capitalized(endReasonText(reason))}, ${moment(at, this.#now.rough())}`;
    }
    if (session.renewAt === undefined) return '';
    const until = this.#now.until(onThisMachine(session, session.renewAt));
    if (until > 0) return `Renews in ${roughDuration(until)}`;
    return waitingText(this.#question()) ?? 'Renewing…';
  });
  protected readonly failure = computed(() => failureOf(this.session()));
  protected readonly nextTry = computed(() => {
    const nextTryAt = this.failure()?.nextTryAt;
    if (nextTryAt === undefined) return '';
    const wait = Math.max(0, this.#now.until(Date.parse(nextTryAt)));
    return `Next attempt in ${roughDuration(wait)}.`;
  });
  /** While the warning that a limit ends the run soon is current. */
  protected readonly endsSoon = computed(() =>
    endsSoonText(this.session(), (at) => this.#now.until(at)),
  );
  protected readonly environment = computed(() => this.#environments.of(this.session()));
  protected readonly environmentKind = computed(() => {
    const environment = this.environment();
    return environment === undefined ? null : environmentKind(environment);
  });
  readonly #state = computed(() => this.#waiting.stateOf(this.session()));
  protected readonly ring = computed(() => {
    const state = this.#state();
    if (state === 'failed') return 'failed';
    if (state === 'waiting') return 'asking';
    return state === 'inactive' ? 'off' : undefined;
  });
  protected readonly share = computed(() =>
    this.#state() === 'pending' ? undefined : (this.timeLeft()?.share ?? 0),
  );
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
  /** Cut before the name of the role; the whole is in its title, and is copied above. */
  protected readonly roleArn = computed(() => {
    const session = this.session();
    return 'roleArn' in session ? arnParts(session.roleArn) : undefined;
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
    const environment = this.environment();
    if (environment !== undefined) facts.push(['Environment', environment]);
    if (session.labels.length > 0) facts.push(['Labels', session.labels.join(', ')]);
    return facts;
  });

  /** How its credentials are delivered, and its limits. */
  readonly #runFacts = computed(() => {
    const { limits, run } = this.session();
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
      if (session.roleSessionName !== undefined) {
        facts.push(['Role session name', session.roleSessionName]);
      }
      if (session.externalId !== undefined) facts.push(['External ID', session.externalId]);
      if (session.sourceIdentity !== undefined) {
        facts.push(['Source identity', session.sourceIdentity]);
      }
    }
    const endpointUrl = endpointUrlOf(session);
    if (endpointUrl !== undefined) facts.push(['Endpoint', endpointUrl]);
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
    case 'sign-in-window':
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
