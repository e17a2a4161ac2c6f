import { inject, Injectable } from '@angular/core';
import type { SessionType } from '../../models/session-fields.ts';
import type { Integration, Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { accountOf, spaced, accessMethod } from '../sessions/session-text.ts';
import type { Choice } from '../fields/choice.ts';
import { deliveryChoices } from './delivery-fields.ts';
import type { FormField } from './form-fields.ts';

const environments = ['production', 'staging', 'development'];

interface Asked {
  readonly type: SessionType;
  /** What is chosen now; empty where nothing is. */
  readonly chosen: string;
  readonly edited: Session | undefined;
}

/** What there is to choose from, by the field that is to be chosen. */
@Injectable({ providedIn: 'root' })
export class Choices {
  readonly #workspace = inject(Workspace);

  /** `edited`: the session whose form it is; a chain may not lead back to it. */
  of(choice: NonNullable<FormField['choice']>, { type, chosen, edited }: Asked): readonly Choice[] {
    switch (choice) {
      case 'environment':
        return [...new Set([...environments, chosen])]
          .filter((one) => one !== '')
          .map((one) => ({ value: one, label: one }));
      case 'cookies':
        return [{ value: 'true', label: 'Apart, with cookies of its own' }];
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
  return account === undefined
    ? accessMethod(session)
    : `${accessMethod(session)} · ${spaced(account)}`;
}
