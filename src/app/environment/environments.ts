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

  /**
   * What `of` says, for thousands of sessions at a time: it reads no signal for each. Rules are patterns, so it
   * remembers what they say until they change.
   */
  readonly lookup = computed(() => {
    const rules = this.rules();
    const names = this.accountNames();
    const known = new WeakMap<Session, { readonly environment: string | undefined }>();
    return (session: Session): string | undefined => {
      const before = known.get(session);
      if (before !== undefined) return before.environment;
      const { sessionName } = session;
      const accountName = accountNameOf(session, names);
      const environment = environmentOf(
        { sessionName, accountName, environment: session.environment },
        rules,
      );
      known.set(session, { environment });
      return environment;
    };
  });

  /** Undefined where it has none and no rule matches. */
  of(session: Session): string | undefined {
    return this.lookup()(session);
  }

  /** What the rules look at. */
  names(session: Session): RuledNames {
    return {
      sessionName: session.sessionName,
      accountName: accountNameOf(session, this.accountNames()),
    };
  }
}

function accountNameOf(session: Session, names: ReadonlyMap<string, string>): string | undefined {
  if (session.type === 'azure') return session.subscriptionName;
  if (session.type === 'awsSsoRole') return session.accountName;
  const account = accountOf(session);
  return account === undefined ? undefined : names.get(account);
}

function isSameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
