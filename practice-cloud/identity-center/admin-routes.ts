import { AdminRefusal } from '../control/admin-refusal.ts';
import { route, type AdminRoute } from '../control/route.ts';
import type { CloudState } from '../state.ts';
import type { CenterUser } from './center.ts';
import { bodies } from './contract.ts';
import { CenterFault } from './fault.ts';
import { beginAuthorize, confirmDevice, grantCode } from './pages.ts';

/** IAM Identity Center Portal API Reference, "ListAccountRoles", Errors; 403 is seen at AWS. */
const statusOf = {
  InvalidRequestException: 400,
  ForbiddenException: 403,
  ResourceNotFoundException: 404,
} as const;

/** The admin routes of Identity Center, by method and path. */
export const identityCenterRoutes: Readonly<Record<string, AdminRoute>> = {
  'POST /_practice/identity-centers': route(bodies.newCenter, (options, state) => {
    if (state.centers.all().some((one) => one.options.name === options.name)) {
      throw new AdminRefusal(`There is an Identity Center ${options.name} already.`);
    }
    return { startUrl: state.centers.create(options, state.ssoEndpoint()).startUrl };
  }),
  'POST /_practice/sso-users': route(bodies.newUser, ({ startUrl, userName }, state) => {
    const center = state.centers.at(startUrl);
    if (center === undefined) throw new AdminRefusal(`There is no Identity Center at ${startUrl}.`);
    if (center.users.has(userName)) throw new AdminRefusal(`There is a user ${userName} already.`);
    return { password: center.addUser(userName).password };
  }),
  'POST /_practice/sso-assignments': route(bodies.assign, ({ assignments, ...whose }, state) => {
    const { center, user } = userOf(whose, state);
    for (const assignment of assignments) center.assign(user, assignment);
  }),
  'DELETE /_practice/sso-assignments': route(
    bodies.unassign,
    ({ assignments, ...whose }, state) => {
      const { center, user } = userOf(whose, state);
      for (const { accountId, roleName } of assignments) center.unassign(user, accountId, roleName);
    },
  ),
  'POST /_practice/sso-account-errors': route(
    bodies.accountError,
    ({ startUrl, accountId, error }, state) => {
      const center = state.centers.at(startUrl);
      if (center === undefined)
        throw new AdminRefusal(`There is no Identity Center at ${startUrl}.`);
      if (error === null) center.accountErrors.delete(accountId);
      else center.accountErrors.set(accountId, new CenterFault(statusOf[error], error, 'Account'));
    },
  ),
  'POST /_practice/sso-authorize': route(bodies.authorize, ({ url, userName }, state) => {
    const { search } = new URL(url);
    const before = new Set(state.centers.grants.visits.keys());
    beginAuthorize(
      {
        method: 'GET',
        path: '/authorize',
        query: search.slice(1),
        headers: [],
        body: Buffer.alloc(0),
      },
      state,
    );
    const visit = [...state.centers.grants.visits.values()].find(({ id }) => !before.has(id));
    const user = visit?.center.users.get(userName);
    if (visit?.what.kind !== 'authorize' || user === undefined) {
      throw new AdminRefusal('This user cannot make this sign-in.');
    }
    state.centers.grants.visits.delete(visit.id);
    const location = new URL(visit.what.redirectUri);
    location.searchParams.set('code', grantCode(visit, user, state));
    location.searchParams.set('state', visit.what.state);
    return { location: location.href };
  }),
  'POST /_practice/sso-device': route(bodies.approveDevice, ({ userCode, userName }, state) => {
    const center = state.centers.grants.deviceByUserCode(userCode)?.center;
    const user = center?.users.get(userName);
    if (user === undefined || !confirmDevice(userCode, user, state)) {
      throw new AdminRefusal(`${userName} can't confirm the code ${userCode}.`);
    }
  }),
  'DELETE /_practice/sso-device': route(bodies.denyDevice, ({ userCode }, state) => {
    if (!confirmDevice(userCode, 'denied', state)) {
      throw new AdminRefusal(`There is no code ${userCode}.`);
    }
  }),
  'DELETE /_practice/sso-sessions': route(bodies.endSession, (whose, state) => {
    const { user } = userOf(whose, state);
    state.centers.grants.revoke((token) => token.user === user);
  }),
};

function userOf(
  { startUrl, userName }: { readonly startUrl: string; readonly userName: string },
  { centers }: CloudState,
) {
  const center = centers.at(startUrl);
  const user: CenterUser | undefined = center?.users.get(userName);
  if (center === undefined || user === undefined) {
    throw new AdminRefusal(`There is no user ${userName} at ${startUrl}.`);
  }
  return { center, user };
}
