import { randomUUID, X509Certificate, createHash } from 'node:crypto';
import { AdminRefusal } from '../control/admin-refusal.ts';
import { freshCode } from '../control/fresh-code.ts';
import { route, type AdminRoute } from '../control/route.ts';
import { secret } from '../identity-center/grants.ts';
import type { CloudState } from '../state.ts';
import { bodies } from './contract.ts';
import type { CreatedApplication, CreatedEntraUser, CreatedTenant } from './contract.ts';
import { signInRoutes } from './admin-sign-in.ts';

/** The admin routes of Entra ID, by method and path. */
export const entraRoutes: Readonly<Record<string, AdminRoute>> = {
  'POST /_practice/entra/tenants': route(bodies.newTenant, (body, state): CreatedTenant => {
    const { tenantId = randomUUID(), domain, displayName = domain, cloud } = body;
    state.entra.directory.createTenant({
      tenantId: tenantId.toLowerCase(),
      domain: domain.toLowerCase(),
      displayName,
      cloud,
    });
    return { tenantId: tenantId.toLowerCase(), domain: domain.toLowerCase() };
  }),
  'DELETE /_practice/entra/tenants': route(bodies.tenant, ({ tenant }, { entra }) =>
    entra.directory.removeTenant(tenant),
  ),
  'POST /_practice/entra/users': route(bodies.newUser, (body, { entra }): CreatedEntraUser => {
    const { tenant, userName, displayName = userName, mfa } = body;
    const home = entra.directory.existingTenant(tenant);
    const user = entra.directory.createUser({ userName, displayName, home, mfa });
    return {
      userName,
      objectId: home.admit(user),
      password: user.password,
      ...(user.device === undefined ? {} : { mfaSeed: user.device.seed }),
    };
  }),
  'POST /_practice/entra/guests': route(bodies.guest, ({ tenant, userName }, { entra }) => {
    const user = entra.directory.existingUser(userName);
    return { objectId: entra.directory.existingTenant(tenant).admit(user) };
  }),
  'DELETE /_practice/entra/guests': route(bodies.guest, ({ tenant, userName }, { entra }) => {
    const user = entra.directory.existingUser(userName);
    const host = entra.directory.existingTenant(tenant);
    if (host === user.home) throw new AdminRefusal(`${userName} is at home there.`);
    host.members.delete(user);
  }),
  'POST /_practice/entra/code': route(bodies.user, async ({ userName }, state, signal) => {
    const { device } = state.entra.directory.existingUser(userName);
    if (device === undefined) throw new AdminRefusal(`${userName} has no device for codes.`);
    return { code: await freshCode(device, state, signal) };
  }),
  'DELETE /_practice/entra/sessions': route(bodies.user, ({ userName }, { entra, now }) => {
    const user = entra.directory.existingUser(userName);
    user.revokeSignIns(now());
    for (const accounts of entra.pages.browsers.values()) accounts.delete(userName.toLowerCase());
  }),
  'POST /_practice/entra/apps': route(bodies.newApplication, (body, state): CreatedApplication => {
    const { tenant, clientId = randomUUID(), consented, ...options } = body;
    const home = state.entra.directory.existingTenant(tenant);
    const application = state.entra.directory.register({
      ...options,
      home,
      clientId: clientId.toLowerCase(),
    });
    if (consented) application.consent(home.tenantId);
    return { clientId: application.clientId, objectId: application.install(home.tenantId) };
  }),
  'POST /_practice/entra/secrets': route(
    bodies.newSecret,
    ({ clientId, validSeconds }, { entra, now }) => {
      const application = confidential(clientId, entra);
      const made = { secret: secret(30), expiresAt: now() + validSeconds * 1000 };
      application.secrets.push(made);
      return { secret: made.secret };
    },
  ),
  'POST /_practice/entra/certificates': route(
    bodies.newCertificate,
    ({ clientId, certificate }, { entra }) => {
      const parsed = parseCertificate(certificate);
      confidential(clientId, entra).certificates.push(parsed);
      const thumbprint = createHash('sha1').update(parsed.raw).digest('hex').toUpperCase();
      return { thumbprint };
    },
  ),
  'POST /_practice/entra/consents': route(bodies.consent, ({ clientId, tenant }, { entra }) => {
    const { tenantId } = entra.directory.existingTenant(tenant);
    const application = entra.directory.existingApplication(clientId);
    application.consent(tenantId);
    return { objectId: application.install(tenantId) };
  }),
  'DELETE /_practice/entra/consents': route(bodies.consent, ({ clientId, tenant }, { entra }) => {
    const { tenantId } = entra.directory.existingTenant(tenant);
    entra.directory.existingApplication(clientId).revokeConsent(tenantId);
  }),
  'PUT /_practice/entra/conditional-access': route(
    bodies.policy,
    ({ tenant, resource, requirement }, { entra }) =>
      entra.directory.existingTenant(tenant).require(resource, requirement),
  ),
  ...signInRoutes,
};

function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new AdminRefusal('This is not a certificate.');
  }
}

function confidential(clientId: string, { directory }: CloudState['entra']) {
  const application = directory.existingApplication(clientId);
  if (!application.isPublic) return application;
  throw new AdminRefusal(`${application.name} is a public client: it keeps no secrets.`);
}
