import { secret } from '../identity-center/grants.ts';
import type { Application } from './application.ts';
import type { AskedScopes } from './scopes.ts';
import type { Tenant } from './tenant.ts';

/** What somebody asked for at a page and has not yet decided on. */
export interface Visit {
  readonly id: string;
  readonly application: Application;
  /** The one asked for; `undefined` where the user says which. */
  readonly tenant: Tenant | undefined;
  readonly scopes: AskedScopes;
  /** The client sent a claims challenge along: a code has to be given. */
  readonly challenged: boolean;
  readonly loginHint: string;
  readonly consentAsked: boolean;
  readonly what:
    | {
        readonly kind: 'authorize';
        readonly redirectUri: string;
        readonly responseMode: 'query' | 'fragment' | 'form_post';
        readonly state: string | undefined;
        readonly challenge: string;
        readonly nonce: string | undefined;
      }
    | { readonly kind: 'device'; readonly userCode: string };
  /** How far it is: who has given a password, and a code. */
  readonly userName: string | undefined;
  readonly mfa: boolean;
}

/** Sign-ins under way, and which browsers are signed in as whom. */
export class SignInPages {
  readonly #visits = new Map<string, Visit>();
  /** Cookie → user names, and whether a code was given. */
  readonly browsers = new Map<string, Map<string, { readonly mfa: boolean }>>();

  begin(visit: Omit<Visit, 'id' | 'userName' | 'mfa'>): Visit {
    const begun = { ...visit, id: secret(18), userName: undefined, mfa: false };
    this.#visits.set(begun.id, begun);
    return begun;
  }

  visit(id: string): Visit | undefined {
    return this.#visits.get(id);
  }

  go(visit: Visit, progress: Partial<Pick<Visit, 'userName' | 'mfa'>>): Visit {
    const gone = { ...visit, ...progress };
    this.#visits.set(visit.id, gone);
    return gone;
  }

  end(visit: Visit): void {
    this.#visits.delete(visit.id);
  }
}
