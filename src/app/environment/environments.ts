import { computed, inject, Injectable } from '@angular/core';
import { environmentOf, type RuledNames } from '../../models/environment-match.ts';
import type { Session } from '../connection/owner-client.ts';
import { Workspace } from '../connection/workspace.ts';
import { accountNames } from '../sessions/account.ts';
import { accountOf } from '../sessions/session-text.ts';

/** The environments of sessions: their own, or by the rules of the settings. */
@Injectable({ providedIn: 'root' })
export class Environments {
  readonly #workspace = inject(Workspace);
  readonly rules = computed(() => this.#workspace.settings()?.environmentRules ?? [], {
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  /** Identity Center names accounts; a chained role or an IAM user has only an account's id. */
  readonly accountNames = computed(() => accountNames(this.#workspace.sessions()), {
    equal: isSameMap,
  });

  /** Undefined where it has none and no rule matches. */
  of(session: Session): string | undefined {
    return environmentOf(
      { ...this.names(session), environment: session.environment },
      this.rules(),
    );
  }

  /** What the rules look at. */
  names(session: Session): RuledNames {
    return { sessionName: session.sessionName, accountName: this.#accountName(session) };
  }

  #accountName(session: Session): string | undefined {
    if (session.type === 'azure') return session.subscriptionName;
    if (session.type === 'awsSsoRole') return session.accountName;
    const account = accountOf(session);
    return account === undefined ? undefined : this.accountNames().get(account);
  }
}

function isSameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
