import { computed, inject, Injectable } from '@angular/core';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { roleOf } from './session-text.ts';

type AzureSession = Extract<Session, { type: 'azure' }>;

/** A step on the path to a session's credentials. */
export interface Step {
  readonly text: string;
  /** Set if the step is a session of the workspace. */
  readonly session?: Session;
  /** Set if the step is on the integrations page. */
  readonly isIntegration?: true;
}

/** What sessions get their credentials through: other sessions, integrations, identity providers. */
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

  /** The name of an integration or identity provider. */
  nameOf(id: string): string | undefined {
    return this.#names().get(id);
  }

  /** The last step before the session, in a few words; undefined if there is none. */
  sourceText(session: Session): string | undefined {
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

  /** Every step from the sign-in to the role; empty if there is only one. */
  accessPath(session: Session): readonly Step[] {
    const steps = this.#stepsTo(session);
    const role = roleOf(session);
    if (session.type === 'azure') {
      const tenant = this.#otherTenant(session);
      return [...steps, ...tenant, { text: session.subscriptionName }];
    }
    if (session.type === 'awsSsoRole') steps.push({ text: session.accountName });
    return role === undefined ? [] : [...steps, { text: role }];
  }

  /** The ids of the session, of its parents, and of the integration or identity provider they use. */
  idsOnPath(session: Session): ReadonlySet<string> {
    const ids = new Set<string>();
    let next: Session | undefined = session;
    while (next !== undefined) {
      ids.add(next.sessionId);
      if ('integrationId' in next) ids.add(next.integrationId);
      if ('idpId' in next) ids.add(next.idpId);
      next =
        next.type === 'awsIamRoleChained'
          ? this.#workspace.session(next.parentSessionId)
          : undefined;
    }
    return ids;
  }

  /** The tenant as a step, if its integration is for another tenant. */
  #otherTenant({ integrationId, tenantId }: AzureSession): readonly Step[] {
    const integration = this.#workspace
      .integrations()
      .find((one) => one.integrationId === integrationId);
    // A domain does not identify the tenant.
    const isKnown = integration?.kind === 'azure' && !integration.tenantId.includes('.');
    return isKnown && integration.tenantId !== tenantId ? [{ text: `tenant ${tenantId}` }] : [];
  }

  /** The steps before the session. */
  #stepsTo(session: Session): Step[] {
    switch (session.type) {
      case 'awsIamUser':
        return [];
      case 'awsIamRoleChained': {
        const parent = this.#workspace.session(session.parentSessionId);
        if (parent === undefined) return [{ text: 'a removed session' }];
        return [...this.#stepsTo(parent), { text: parent.sessionName, session: parent }];
      }
      case 'awsIamRoleFederated':
        return [this.#providerStep(session.idpId, 'a removed identity provider')];
      case 'awsSsoRole':
      case 'azure':
        return [this.#providerStep(session.integrationId, 'a removed integration')];
    }
  }

  #providerStep(id: string, none: string): Step {
    const name = this.nameOf(id);
    return name === undefined ? { text: none } : { text: name, isIntegration: true };
  }
}
