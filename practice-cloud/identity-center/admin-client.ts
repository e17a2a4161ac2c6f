import type {
  NewIdentityCenter,
  SsoAccountError,
  SsoAssignments,
  SsoUnassignments,
} from './contract.ts';

interface SsoUserName {
  readonly startUrl: string;
  readonly userName: string;
}

/** The Identity Center part of the admin client. */
export interface IdentityCenterAdmin {
  createIdentityCenter(center: NewIdentityCenter): Promise<{ readonly startUrl: string }>;
  createSsoUser(user: SsoUserName): Promise<{ readonly password: string }>;
  /** Lets the user use roles; one that is assigned already gets its account's new name. */
  assign(assignments: SsoAssignments): Promise<void>;
  unassign(assignments: SsoUnassignments): Promise<void>;
  /** What listing the roles of one account answers from now on. */
  failAccount(error: SsoAccountError): Promise<void>;
  /** Signs in and allows what a URL of `/authorize` requests; returns where the browser is sent then. */
  authorize(visit: {
    readonly url: string;
    readonly userName: string;
  }): Promise<{ readonly location: string }>;
  approveDevice(grant: { readonly userCode: string; readonly userName: string }): Promise<void>;
  denyDevice(grant: { readonly userCode: string }): Promise<void>;
  /** Revokes every token of the user. */
  endSsoSession(user: SsoUserName): Promise<void>;
}

export function identityCenterAdmin(
  call: <T>(method: string, path: string, body: unknown) => Promise<T>,
): IdentityCenterAdmin {
  return {
    createIdentityCenter: (center) => call('POST', 'identity-centers', center),
    createSsoUser: (user) => call('POST', 'sso-users', user),
    assign: (assignments) => call('POST', 'sso-assignments', assignments),
    unassign: (assignments) => call('DELETE', 'sso-assignments', assignments),
    failAccount: (error) => call('POST', 'sso-account-errors', error),
    authorize: (visit) => call('POST', 'sso-authorize', visit),
    approveDevice: (grant) => call('POST', 'sso-device', grant),
    denyDevice: (grant) => call('DELETE', 'sso-device', grant),
    endSsoSession: (user) => call('DELETE', 'sso-sessions', user),
  };
}
