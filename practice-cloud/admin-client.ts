import type {
  Call,
  CreatedKey,
  CreatedMfaDevice,
  CreatedRole,
  CreatedUser,
  Overrides,
  NewRole,
  NewUser,
} from './control/contract.ts';
import { entraAdmin, type EntraAdmin } from './entra/admin-client.ts';
import { identityCenterAdmin, type IdentityCenterAdmin } from './identity-center/admin-client.ts';
import {
  resourceManagerAdmin,
  type ResourceManagerAdmin,
} from './resource-manager/admin-client.ts';
import { samlAdmin, type SamlAdmin } from './saml/admin-client.ts';

export type {
  Call,
  CreatedKey,
  CreatedMfaDevice,
  CreatedRole,
  CreatedUser,
  Overrides,
  NewRole,
  NewUser,
} from './control/contract.ts';

/** Sets up the practice cloud and its overrides. A refused call rejects with the reason. */
export interface AdminClient
  extends SamlAdmin, IdentityCenterAdmin, EntraAdmin, ResourceManagerAdmin {
  /** A user with one active access key, and an MFA device when `mfa` is true. */
  createUser(user: NewUser): Promise<CreatedUser>;
  deleteUser(arn: string): Promise<void>;
  /** A second key for the user: an account allows two. */
  createKey(userArn: string): Promise<CreatedKey>;
  /** The user's keys in the order they were made. */
  keys(
    userArn: string,
  ): Promise<readonly { readonly accessKeyId: string; readonly status: string }[]>;
  deactivateKey(accessKeyId: string): Promise<void>;
  activateKey(accessKeyId: string): Promise<void>;
  deleteKey(accessKeyId: string): Promise<void>;
  createMfaDevice(userArn: string, name: string): Promise<CreatedMfaDevice>;
  deleteMfaDevice(serial: string): Promise<void>;
  /** A code that STS accepts now; waits for the next one if that one was used. */
  mfaCode(serial: string): Promise<string>;
  createRole(role: NewRole): Promise<CreatedRole>;
  deleteRole(arn: string): Promise<void>;
  overrides(): Promise<Overrides>;
  /** Sets the named overrides and keeps the others. */
  setOverrides(overrides: Partial<Overrides>): Promise<Overrides>;
  resetOverrides(): Promise<Overrides>;
  /** What reached STS, oldest first. */
  calls(): Promise<readonly Call[]>;
  clearCalls(): Promise<void>;
}

/** A client for the admin routes of the practice cloud at `adminEndpoint`. */
export function connectAdmin(cloud: {
  readonly adminEndpoint: string;
  readonly adminToken: string;
}): AdminClient {
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${cloud.adminEndpoint}/_practice/${path}`, {
      method,
      headers: { authorization: `Bearer ${cloud.adminToken}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`practice cloud, ${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  return {
    ...samlAdmin(call),
    ...identityCenterAdmin(call),
    ...entraAdmin(call),
    ...resourceManagerAdmin(call),
    createUser: (user) => call('POST', 'users', user),
    deleteUser: (arn) => call('DELETE', 'users', { arn }),
    createKey: (userArn) => call('POST', 'keys', { userArn }),
    keys: async (userArn) =>
      (
        await call<{ keys: readonly { accessKeyId: string; status: string }[] }>(
          'POST',
          'keys/list',
          { userArn },
        )
      ).keys,
    deactivateKey: (accessKeyId) => call('PATCH', 'keys', { accessKeyId, status: 'Inactive' }),
    activateKey: (accessKeyId) => call('PATCH', 'keys', { accessKeyId, status: 'Active' }),
    deleteKey: (accessKeyId) => call('DELETE', 'keys', { accessKeyId }),
    createMfaDevice: (userArn, name) => call('POST', 'mfa', { userArn, name }),
    deleteMfaDevice: (serial) => call('DELETE', 'mfa', { serial }),
    mfaCode: async (serial) => (await call<{ code: string }>('POST', 'mfa/code', { serial })).code,
    createRole: (role) => call('POST', 'roles', role),
    deleteRole: (arn) => call('DELETE', 'roles', { arn }),
    overrides: () => call('GET', 'overrides'),
    setOverrides: (overrides) => call('PATCH', 'overrides', overrides),
    resetOverrides: () => call('DELETE', 'overrides'),
    calls: async () => (await call<{ calls: readonly Call[] }>('GET', 'calls')).calls,
    clearCalls: () => call('DELETE', 'calls'),
  };
}
