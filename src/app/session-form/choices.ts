import { inject, Injectable } from '@angular/core';
import type { SessionType } from '../../models/session-fields.ts';
import type { Integration, Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import type { Choice } from '../fields/choice.ts';
import type { Values } from '../fields/form-field.ts';
import { accountOf, spaced, typeText } from '../sessions/session-text.ts';
import { deliveryChoices } from './delivery-fields.ts';
import { offersFor } from './offers.ts';
import type { ChoiceSource } from './session-field.ts';

const environments = ['production', 'staging', 'development'];

interface Context {
  readonly type: SessionType;
  /** The current choice; empty if there is none. */
  readonly chosen: string;
  /** The session whose form it is: a chain must not lead back to it. */
  readonly edited: Session | undefined;
  /** Of the form so far. */
  readonly values: Values;
}

/** The choices of a field, by where they come from. */
@Injectable({ providedIn: 'root' })
export class Choices {
  readonly #workspace = inject(Workspace);

  of(source: ChoiceSource, { type, chosen, edited, values }: Context): readonly Choice[] {
    switch (source) {
      case 'environment':
        return [...new Set([...environments, chosen])]
          .filter((one) => one !== '')
          .map((one) => ({ value: one, label: one }));
      case 'identity-center':
        return this.#integrations('awsSso');
      case 'azure-tenant':
        return this.#integrations('azure');
      case 'delivery':
        return deliveryChoices(type, chosen);
      case 'identity-provider':
        return this.#workspace
          .identityProviders()
          .map(({ idpId, name }) => ({ value: idpId, label: name }));
      case 'parent':
        return this.#parents(edited);
      case 'region':
      case 'account':
      case 'account-role':
      case 'tenant':
      case 'subscription':
        return offersFor(source, { type, sessions: this.#workspace.sessions(), values });
    }
  }

  #integrations(wanted: Integration['kind']): readonly Choice[] {
    return this.#workspace
      .integrations()
      .filter(({ kind }) => kind === wanted)
      .map(({ integrationId, name }) => ({ value: integrationId, label: name }));
  }

  #parents(edited: Session | undefined): readonly Choice[] {
    const sessions = this.#workspace.sessions();
    const isBelow = (session: Session): boolean => {
      if (session.sessionId === edited?.sessionId) return true;
      if (session.type !== 'awsIamRoleChained') return false;
      const parent = this.#workspace.session(session.parentSessionId);
      return parent !== undefined && isBelow(parent);
    };
    return sessions
      .filter((session) => session.type !== 'azure' && !isBelow(session))
      .map((session) => ({
        value: session.sessionId,
        label: session.sessionName,
        about: about(session),
      }))
      .sort((a, b) => byName.compare(a.label, b.label));
  }
}

const byName = new Intl.Collator('en', { numeric: true });

function about(session: Session): string {
  const account = accountOf(session);
  return account === undefined ? typeText(session) : `${typeText(session)} · ${spaced(account)}`;
}
