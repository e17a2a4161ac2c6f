import type {
  ConditionalAccess,
  CreatedApplication,
  CreatedEntraUser,
  CreatedTenant,
  DeviceConfirmation,
  EntraAuthorize,
  NewApplication,
  NewClientCertificate,
  NewClientSecret,
  NewEntraUser,
  NewTenant,
} from './contract.ts';

interface Guest {
  /** Id or domain. */
  readonly tenant: string;
  readonly userName: string;
}

interface Consent {
  readonly clientId: string;
  readonly tenant: string;
}

/** The Entra ID part of the admin client. A tenant is named by its id or domain. */
export interface EntraAdmin {
  createTenant(tenant: NewTenant): Promise<CreatedTenant>;
  /** Deletes the tenant and its users. */
  removeTenant(tenant: string): Promise<void>;
  createEntraUser(user: NewEntraUser): Promise<CreatedEntraUser>;
  /** Adds a user of another tenant as a guest; returns their object id there. */
  inviteGuest(guest: Guest): Promise<{ readonly objectId: string }>;
  removeGuest(guest: Guest): Promise<void>;
  /** A code that the sign-in pages accept now; waits for the next one if that one was used. */
  entraCode(userName: string): Promise<string>;
  /** Revokes every refresh token and browser session of the user. */
  revokeEntraSessions(userName: string): Promise<void>;
  createApp(app: NewApplication): Promise<CreatedApplication>;
  addClientSecret(secret: NewClientSecret): Promise<{ readonly secret: string }>;
  /** PEM; its SHA-1 thumbprint in hexadecimal. */
  addClientCertificate(certificate: NewClientCertificate): Promise<{ readonly thumbprint: string }>;
  /** Gives an administrator's consent for everyone; returns the service principal's object id in the tenant. */
  grantConsent(consent: Consent): Promise<{ readonly objectId: string }>;
  /** Revokes all consent in the tenant. */
  revokeConsent(consent: Consent): Promise<void>;
  /** What a resource in a tenant requires of everyone: a code (`mfa`), or nothing helps (`block`). */
  setConditionalAccess(policy: ConditionalAccess): Promise<void>;
  /** Confirms the code a device shows, as the user would in a browser. */
  confirmDeviceCode(confirmation: DeviceConfirmation): Promise<void>;
  declineDeviceCode(userCode: string): Promise<void>;
  /** Signs in at a URL of `/authorize`; returns where the browser is sent then. */
  entraAuthorize(visit: EntraAuthorize): Promise<{ readonly location: string }>;
}

export function entraAdmin(
  call: <T>(method: string, path: string, body: unknown) => Promise<T>,
): EntraAdmin {
  return {
    createTenant: (tenant) => call('POST', 'entra/tenants', tenant),
    removeTenant: (tenant) => call('DELETE', 'entra/tenants', { tenant }),
    createEntraUser: (user) => call('POST', 'entra/users', user),
    inviteGuest: (guest) => call('POST', 'entra/guests', guest),
    removeGuest: (guest) => call('DELETE', 'entra/guests', guest),
    entraCode: async (userName) =>
      (await call<{ code: string }>('POST', 'entra/code', { userName })).code,
    revokeEntraSessions: (userName) => call('DELETE', 'entra/sessions', { userName }),
    createApp: (app) => call('POST', 'entra/apps', app),
    addClientSecret: (secret) => call('POST', 'entra/secrets', secret),
    addClientCertificate: (certificate) => call('POST', 'entra/certificates', certificate),
    grantConsent: (consent) => call('POST', 'entra/consents', consent),
    revokeConsent: (consent) => call('DELETE', 'entra/consents', consent),
    setConditionalAccess: (policy) => call('PUT', 'entra/conditional-access', policy),
    confirmDeviceCode: (confirmation) => call('POST', 'entra/device', confirmation),
    declineDeviceCode: (userCode) => call('DELETE', 'entra/device', { userCode }),
    entraAuthorize: (visit) => call('POST', 'entra/authorize', visit),
  };
}
