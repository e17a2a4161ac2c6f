import { AdminRefusal } from '../control/admin-refusal.ts';
import { route, type AdminRoute } from '../control/route.ts';
import type { CloudState } from '../state.ts';
import { tenantOf } from './authority.ts';
import { beginAuthorize } from './authorize.ts';
import { cloudsOf } from './endpoint.ts';
import { bodies } from './contract.ts';
import { EntraFault } from './fault.ts';
import { decideDevice, decline, finish, nextStep } from './sign-in.ts';
import type { Visit } from './visits.ts';

/** The steps a person would take in a browser, without one. */
export const signInRoutes: Readonly<Record<string, AdminRoute>> = {
  'POST /_practice/entra/device': route(bodies.confirmDevice, ({ userCode, ...who }, state) => {
    const grant = state.entra.grants.deviceByUserCode(userCode);
    if (grant === undefined) throw new AdminRefusal(`There is no code ${userCode}.`);
    refusing(() => {
      const visit = state.entra.pages.begin({
        application: grant.application,
        tenant: tenantOf(grant.authority, anywhere(''), state),
        scopes: grant.scopes,
        challenged: grant.challenged,
        loginHint: '',
        consentAsked: false,
        what: { kind: 'device', userCode: grant.userCode },
      });
      const { gone, user } = signedIn(visit, who, state);
      finish(gone, user, state);
    });
  }),
  'DELETE /_practice/entra/device': route(bodies.declineDevice, ({ userCode }, state) => {
    if (!decideDevice(userCode, 'declined', state)) {
      throw new AdminRefusal(`There is no code ${userCode}.`);
    }
  }),
  'POST /_practice/entra/authorize': route(bodies.authorize, ({ url, consent, ...who }, state) =>
    refusing(() => {
      const { origin, pathname, searchParams } = new URL(url);
      const authority = pathname.split('/')[1] ?? '';
      const endpoint = anywhere(origin);
      const tenant = tenantOf(authority, endpoint, state);
      const begun = beginAuthorize({
        authority,
        tenant,
        parameters: searchParams,
        endpoint,
        state,
      });
      if ('status' in begun) return { location: locationOf(begun) };
      const { gone, user } = signedIn(begun.visit, who, state);
      const asked = nextStep(gone, user) === 'consent';
      const answer =
        asked && consent === 'decline' ? decline(gone, state) : finish(gone, user, state);
      return { location: locationOf(answer) };
    }),
  ),
};

function signedIn(
  visit: Visit,
  { userName, mfa }: { readonly userName: string; readonly mfa?: boolean | undefined },
  state: CloudState,
) {
  const user = state.entra.directory.existingUser(userName);
  const gone = state.entra.pages.go(visit, { userName, mfa: mfa ?? user.device !== undefined });
  if (nextStep(gone, user) === 'code') {
    throw new AdminRefusal(`${userName} would have to give a code.`);
  }
  return { gone, user };
}

/** The reason is the message that the page would show. */
function refusing<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof EntraFault) throw new AdminRefusal(`${error.code}: ${error.message}`);
    throw error;
  }
}

function locationOf({ headers }: { readonly headers: Readonly<Record<string, string>> }): string {
  const location = headers['location'];
  if (location !== undefined) return location;
  throw new AdminRefusal('An answer by form_post needs a browser.');
}

function anywhere(origin: string) {
  return { origin, pagesOrigin: origin, clouds: cloudsOf(undefined) };
}
