import { computed, inject, Injectable } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { roleOf } from './session-text.ts';

type AzureSession = Extract<Session, { type: 'azure' }>;

/** A step on the way into an account. */
export interface Step {
  readonly text: string;
  /** Where the step is a session of the workspace. */
  readonly session?: Session;
  /** Where the step is something on the page of integrations. */
  readonly isIntegration?: true;
}

/** What sessions go through: other sessions, integrations, identity providers. */
@Injectable({ providedIn: 'root' })
export class Sources {
  readonly #workspace = inject(Workspace);
  readonly #names = computed(
    () =>
      new Map([
        ...this.#workspace.integrations().map((one) => [one.integrationId, one.name] as const),
        ...this.#workspace.identityProviders().map((one) => [one.idpId, one.name] as const),
      ]),
  );

  /** Of an integration or identity provider. */
  nameOf(id: string): string | undefined {
    return this.#names().get(id);
  }

  /** The one thing before it, in a few words; undefined where it stands by itself. */
  before(session: Session): string | undefined {
    switch (session.type) {
      case 'awsIamUser':
        return undefined;
      case 'awsIamRoleChained': {
        const parent = this.#workspace.session(session.parentSessionId);
        return parent === undefined ? undefined : `from ${parent.sessionName}`;
      }
      case 'awsIamRoleFederated':
        return this.nameOf(session.idpId);
      case 'awsSsoRole':
      case 'azure':
        return this.nameOf(session.integrationId);
    }
  }

  /** The whole way in, from where a person signs in to the role; empty where it is one step. */
  way(session: Session): readonly Step[] {
    const steps = this.#stepsTo(session);
    const role = roleOf(session);
    if (session.type === 'azure') {
      const tenant = this.#otherTenant(session);
      return [...steps, ...tenant, { text: session.subscriptionName }];
    }
    if (session.type === 'awsSsoRole') steps.push({ text: session.accountName });
    return role === undefined ? [] : [...steps, { text: role }];
  }

  /** The tenant as a step, where its integration is that of another one. */
  #otherTenant({ integrationId, tenantId }: AzureSession): readonly Step[] {
    const integration = this.#workspace
      .integrations()
      .find((one) => one.integrationId === integrationId);
    // A domain does not tell which tenant it is.
    const isKnown = integration?.kind === 'azure' && !integration.tenantId.includes('.');
    return isKnown && integration.tenantId !== tenantId ? [{ text: `tenant ${tenantId}` }] : [];
  }

  /** What lies before the session. */
  #stepsTo(session: Session): Step[] {
    switch (session.type) {
      case 'awsIamUser':
        return [];
      case 'awsIamRoleChained': {
        const parent = this.#workspace.session(session.parentSessionId);
        if (parent === undefined) return [{ text: 'a session that was removed' }];
        return [...this.#stepsTo(parent), { text: parent.sessionName, session: parent }];
      }
      case 'awsIamRoleFederated':
        return [this.#placeOf(session.idpId, 'an identity provider that was removed')];
      case 'awsSsoRole':
      case 'azure':
        return [this.#placeOf(session.integrationId, 'an integration that was removed')];
    }
  }

  #placeOf(id: string, none: string): Step {
    const name = this.nameOf(id);
    return name === undefined ? { text: none } : { text: name, isIntegration: true };
  }
}
