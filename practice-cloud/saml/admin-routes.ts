import { AdminRefusal } from '../control/admin-refusal.ts';
import { freshCode } from '../control/fresh-code.ts';
import { route, type AdminRoute } from '../control/route.ts';
import { samlBodies, type CreatedSamlProvider, type CreatedSamlUser } from './contract.ts';
import { samlResponse } from './saml-response.ts';
import { isSignInUrl, signInUrlOf } from './sign-in-endpoints.ts';
import { tampered } from './tamper.ts';

/** The admin routes of the identity providers, by method and path. */
export const samlRoutes: Readonly<Record<string, AdminRoute>> = {
  'POST /_practice/saml/providers': route(
    samlBodies.createProvider,
    (
      { name, accountId, ...settings },
      { identityProviders, samlEndpoint },
    ): CreatedSamlProvider => {
      const { partition } = settings;
      const signInUrl = settings.signInUrl ?? signInUrlOf(partition);
      if (signInUrl === undefined || !isSignInUrl(signInUrl, partition)) {
        throw new AdminRefusal(`${String(signInUrl)} is not a sign-in endpoint of ${partition}.`);
      }
      const idpArn = identityProviders.register(name, accountId, { ...settings, signInUrl });
      return { idpArn, url: `${samlEndpoint()}/${name}` };
    },
  ),
  'POST /_practice/saml/registrations': route(
    samlBodies.register,
    ({ name, metadata, ...account }, { identityProviders }) => ({
      idpArn: identityProviders.registerElsewhere(name, account, metadata),
    }),
  ),
  'POST /_practice/saml/users': route(
    samlBodies.createUser,
    ({ idpArn, ...user }, { identityProviders }): CreatedSamlUser => {
      const { password, device } = identityProviders.createUser(idpArn, {
        ...user,
        roleSessionName: user.roleSessionName ?? user.userName,
        sourceIdentity: user.sourceIdentity,
        sessionDuration: user.sessionDuration,
      });
      return { password, ...(device === undefined ? {} : { mfaSeed: device.seed }) };
    },
  ),
  'POST /_practice/saml/code': route(
    samlBodies.code,
    async ({ idpArn, userName }, state, signal) => {
      const { device } = state.identityProviders.user(idpArn, userName);
      if (device === undefined) throw new AdminRefusal(`${userName} has no MFA device.`);
      return { code: await freshCode(device, state, signal) };
    },
  ),
  'POST /_practice/saml/responses': route(
    samlBodies.response,
    ({ idpArn, userName, tamper, ...overrides }, { identityProviders, now }) => {
      const user = identityProviders.user(idpArn, userName);
      const good = samlResponse(identityProviders.existing(idpArn), user, now(), overrides);
      const response = tamper === undefined ? good : tampered(good, tamper);
      return { samlResponse: Buffer.from(response).toString('base64') };
    },
  ),
  'DELETE /_practice/saml/cookies': route(samlBodies.endCookies, ({ idpArn }, state) => {
    state.identityProviders.existing(idpArn).cookies.clear();
  }),
};
