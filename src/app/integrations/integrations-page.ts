import { Component, computed, inject, signal } from '@angular/core';
import type { IdentityProvider, Integration } from '../connection/owner.ts';
import { Workspace } from '../connection/workspace.ts';
import { Confirmation } from '../dialog/confirmation.ts';
import { Icon } from '../icons/icon.ts';
import { fullMoment } from '../time/words.ts';
import { IdentityProviderForm } from './identity-provider-form.ts';
import { IntegrationForm } from './integration-form.ts';
import { IntegrationOperations } from './integration-operations.ts';
import { RemoveIntegration } from './remove-integration.ts';

/** What lies over the page; one at a time. */
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

/** The sources of sessions, and the places where people sign in. */
@Component({
  selector: 'stint-integrations-page',
  imports: [Confirmation, Icon, IdentityProviderForm, IntegrationForm, RemoveIntegration],
  templateUrl: './integrations-page.html',
  styleUrl: './integrations-page.css',
})
export class IntegrationsPage {
  protected readonly workspace = inject(Workspace);
  protected readonly operations = inject(IntegrationOperations);
  protected readonly overlay = signal<Overlay | undefined>(undefined);
  readonly #counts = computed(() => {
    const counts = new Map<string, number>();
    for (const session of this.workspace.sessions()) {
      const id = sourceOf(session);
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  });

  /** How many sessions came by an integration, or sign in at an identity provider. */
  protected count(id: string): number {
    return this.#counts().get(id) ?? 0;
  }

  protected status(integration: Integration): string {
    const { status, loggedInUntil } = integration;
    return loggedInUntil === undefined
      ? statuses[status]
      : `${statuses[status]} until ${fullMoment(loggedInUntil)}`;
  }

  protected place(integration: Integration): string {
    return integration.kind === 'awsSso'
      ? `${integration.startUrl} · ${integration.region}`
      : `Azure tenant ${integration.tenantId}`;
  }

  protected synced({ lastSync }: Integration): string {
    return lastSync === undefined ? 'never synced' : `synced ${fullMoment(lastSync)}`;
  }

  protected sessions(count: number): string {
    return count === 1 ? '1 session' : `${count} sessions`;
  }

  protected progress({ sync }: Integration): string {
    if (sync?.accounts === undefined) return 'Asking which accounts there are…';
    return `${sync.accountsDone} of ${sync.accounts} accounts, ${sync.roles} roles`;
  }
}

function sourceOf(session: object): string | undefined {
  const { integrationId, idpId } = session as { integrationId?: string; idpId?: string };
  return integrationId ?? idpId;
}
