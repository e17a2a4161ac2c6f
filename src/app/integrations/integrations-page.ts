import { Component, inject, signal } from '@angular/core';
import { syncProgressText } from '../../client/sync-text.ts';
import { roughDuration } from '../../models/duration.ts';
import type { IdentityProvider, Integration, Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { CloudBadge } from '../icons/cloud-badge.ts';
import { Icon } from '../icons/icon.ts';
import { ListView } from '../sessions/list-view.ts';
import { SessionQueries } from '../sessions/session-queries.ts';
import { NewSessions } from '../sessions/new-sessions.ts';
import { Now } from '../time/now.ts';
import { fullMoment, moment } from '../time/time-text.ts';
import { cloudText, signerText } from './azure-text.ts';
import { IdentityProviderForm } from './identity-provider-form.ts';
import { IntegrationForm } from './integration-form.ts';
import { IntegrationOperations } from './integration-operations.ts';
import { RemoveIntegration } from './remove-integration.ts';
import { StatusDot } from './status-dot.ts';
import { syncSummary } from './sync-summary.ts';

/** The dialog over the page. */
type Overlay =
  | { readonly kind: 'integration'; readonly integration?: Integration }
  | { readonly kind: 'remove-integration'; readonly integration: Integration }
  | { readonly kind: 'logout'; readonly integration: Integration }
  | { readonly kind: 'idp'; readonly idp?: IdentityProvider }
  | { readonly kind: 'remove-idp'; readonly idp: IdentityProvider };

const statuses: Readonly<Record<Integration['status'], string>> = {
  'logged-out': 'Signed out',
  'logging-in': 'Signing in…',
  'logged-in': 'Signed in',
};

/** The integrations that sessions come from, and the identity providers they sign in at. */
@Component({
  selector: 'stint-integrations-page',
  imports: [
    CloudBadge,
    Confirmation,
    Icon,
    IdentityProviderForm,
    IntegrationForm,
    RemoveIntegration,
    StatusDot,
  ],
  templateUrl: './integrations-page.html',
  styleUrl: './integrations-page.css',
})
export class IntegrationsPage {
  protected readonly workspace = inject(Workspace);
  protected readonly operations = inject(IntegrationOperations);
  protected readonly overlay = signal<Overlay | undefined>(undefined);
  readonly #now = inject(Now);
  protected readonly view = inject(ListView);
  readonly #queries = inject(SessionQueries);
  readonly #newSessions = inject(NewSessions);

  /** The number of sessions of an integration or identity provider. */
  protected count(id: string): number {
    return this.#queries.bySource().get(id) ?? 0;
  }

  protected status({ status, loggedInUntil }: Integration): string {
    return loggedInUntil === undefined
      ? statuses[status]
      : `${statuses[status]} until ${moment(loggedInUntil, this.#now.rough())}, ` +
          `${roughDuration(Math.max(0, this.#now.until(Date.parse(loggedInUntil))))} left`;
  }

  /** Within an hour. */
  protected endsSoon({ loggedInUntil }: Integration): boolean {
    return loggedInUntil !== undefined && this.#now.until(Date.parse(loggedInUntil)) < 3_600_000;
  }

  protected newIn(integrationId: string): number {
    return this.#newOf(integrationId).length;
  }

  protected markSeen(integrationId: string): void {
    this.#newSessions.markSeen(this.#newOf(integrationId));
  }

  #newOf(id: string): readonly Session[] {
    return this.#newSessions
      .all()
      .filter((one) => 'integrationId' in one && one.integrationId === id);
  }

  protected address(integration: Integration): string {
    return integration.kind === 'awsSso'
      ? `${integration.startUrl} · ${integration.region}`
      : `${integration.tenantId} · ${cloudText(integration, this.workspace.settings())}`;
  }

  /** Who signs in to a tenant, if it is worth a mention. */
  protected signer(integration: Integration): string | undefined {
    return integration.kind === 'awsSso' ? undefined : signerText(integration);
  }

  protected signOutText(integration: Integration): string {
    if (integration.kind === 'awsSso') {
      return 'Its active sessions end, and roles chained to them. To start one again, you have to sign in.';
    }
    return integration.credential === undefined
      ? 'Its active sessions end. To start one again, you have to sign in.'
      : 'Its active sessions end. When you start one, its application signs in again.';
  }

  protected synced({ lastSync }: Integration): string {
    return lastSync === undefined
      ? 'never synced'
      : `synced ${moment(lastSync, this.#now.rough())}`;
  }

  protected syncResult({ lastSyncResult }: Integration): string | undefined {
    return lastSyncResult === undefined ? undefined : syncSummary(lastSyncResult);
  }

  protected inFull(instant: string | undefined): string {
    return instant === undefined ? '' : fullMoment(instant);
  }

  protected sessions(count: number): string {
    return count === 1 ? '1 session' : `${count} sessions`;
  }

  protected progress({ kind, sync }: Integration): string {
    if (sync?.total === undefined)
      return kind === 'awsSso' ? 'Listing accounts…' : 'Listing tenants…';
    return syncProgressText(kind, sync);
  }
}
