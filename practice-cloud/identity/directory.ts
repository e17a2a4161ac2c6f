import { iamArn, parseRoleArn, type Partition } from './arn.ts';
import { makeId, makeSecretAccessKey, makeSeed } from './identifiers.ts';
import { MfaDevice } from './mfa-device.ts';
import type { UserPrincipal } from './principal.ts';

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly userArn: string;
  readonly status: 'Active' | 'Inactive';
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Until then no service knows it (IAM User Guide "Changes that I make are not always immediately visible"). */
  readonly knownFrom?: number;
}

/** Who may assume a role, and on what condition: the part of a trust policy that STS decides by. */
export interface Trust {
  /** ARNs of users, roles and role sessions; `arn:…:root` or an account id for a whole account. */
  readonly principals: readonly string[];
  readonly externalId?: string | undefined;
  readonly mfaRequired: boolean;
  /** `sts:TagSession` is allowed. */
  readonly tagSession: boolean;
  /** `sts:SetSourceIdentity` is allowed. */
  readonly setSourceIdentity: boolean;
}

export interface Role {
  readonly arn: string;
  readonly roleId: string;
  readonly partition: Partition;
  readonly maxSessionSeconds: number;
  readonly trust: Trust;
}

/** What IAM refuses when the directory is changed; `code` is IAM's own word for it. */
export class DirectoryRefusal extends Error {
  readonly code: 'EntityAlreadyExists' | 'InvalidInput' | 'NoSuchEntity' | 'LimitExceeded';

  constructor(code: DirectoryRefusal['code'], message: string) {
    super(message);
    this.code = code;
  }
}

interface NewUser {
  readonly partition: Partition;
  readonly accountId: string;
  /** `/` or `/some/path/`. */
  readonly path: string;
  readonly userName: string;
}

/** IAM User Guide "IAM and AWS STS quotas". */
const limits = { accessKeysPerUser: 2, mfaDevicesPerUser: 8 };

/** The users, keys, MFA devices and roles of the practice cloud, in memory. */
export class Directory {
  readonly #users = new Map<string, UserPrincipal>();
  readonly #keys = new Map<string, AccessKey>();
  readonly #devices = new Map<string, MfaDevice>();
  readonly #roles = new Map<string, Role>();

  createUser({ partition, accountId, path, userName }: NewUser): UserPrincipal {
    const arn = iamArn(partition, accountId, `user${path}${userName}`);
    const same = (user: UserPrincipal) =>
      user.partition === partition &&
      user.accountId === accountId &&
      user.arn.slice(user.arn.lastIndexOf('/') + 1).toLowerCase() === userName.toLowerCase();
    // IAM API Reference "CreateUser": names are unique in the account, whatever case or path.
    if ([...this.#users.values()].some(same)) {
      throw new DirectoryRefusal(
        'EntityAlreadyExists',
        `User with name ${userName} already exists.`,
      );
    }
    const user = { kind: 'user', partition, accountId, arn, userId: makeId('AIDA') } as const;
    this.#users.set(arn, user);
    return user;
  }

  user(arn: string): UserPrincipal | undefined {
    return this.#users.get(arn);
  }

  deleteUser(arn: string): void {
    this.#existingUser(arn);
    this.#users.delete(arn);
    for (const key of this.keysOf(arn)) this.#keys.delete(key.accessKeyId);
    for (const device of this.#devicesOf(arn)) this.#devices.delete(device.serial);
  }

  createAccessKey(
    userArn: string,
    given: Pick<AccessKey, 'accessKeyId' | 'secretAccessKey'> = {
      accessKeyId: makeId('AKIA'),
      secretAccessKey: makeSecretAccessKey(),
    },
    times: Pick<AccessKey, 'createdAt' | 'knownFrom'> = { createdAt: Date.now() },
  ): AccessKey {
    this.#existingUser(userArn);
    if (this.keysOf(userArn).length >= limits.accessKeysPerUser) {
      throw new DirectoryRefusal(
        'LimitExceeded',
        `Cannot exceed quota for AccessKeysPerUser: ${limits.accessKeysPerUser}`,
      );
    }
    if (this.#keys.has(given.accessKeyId)) {
      throw new DirectoryRefusal('EntityAlreadyExists', 'That key is somebody’s already.');
    }
    const key = { ...given, ...times, userArn, status: 'Active' } as const;
    this.#keys.set(key.accessKeyId, key);
    return key;
  }

  /** In the order they were made. */
  keysOf(userArn: string): readonly AccessKey[] {
    return [...this.#keys.values()].filter((key) => key.userArn === userArn);
  }

  accessKey(accessKeyId: string): AccessKey | undefined {
    return this.#keys.get(accessKeyId);
  }

  setAccessKeyStatus(accessKeyId: string, status: AccessKey['status']): void {
    this.#keys.set(accessKeyId, { ...this.#existingKey(accessKeyId), status });
  }

  deleteAccessKey(accessKeyId: string): void {
    this.#existingKey(accessKeyId);
    this.#keys.delete(accessKeyId);
  }

  /** Adds a virtual MFA device called `name`, already enabled for the user. */
  createMfaDevice(userArn: string, name: string): MfaDevice {
    const { partition, accountId } = this.#existingUser(userArn);
    const serial = iamArn(partition, accountId, `mfa/${name}`);
    if (this.#devices.has(serial)) {
      throw new DirectoryRefusal('EntityAlreadyExists', `MFADevice ${serial} already exists.`);
    }
    if (this.#devicesOf(userArn).length >= limits.mfaDevicesPerUser) {
      throw new DirectoryRefusal(
        'LimitExceeded',
        `Cannot exceed quota for MFADevicesPerUser: ${limits.mfaDevicesPerUser}`,
      );
    }
    const device = new MfaDevice({ serial, seed: makeSeed(), userArn });
    this.#devices.set(serial, device);
    return device;
  }

  mfaDevice(serial: string): MfaDevice | undefined {
    return this.#devices.get(serial);
  }

  deleteMfaDevice(serial: string): void {
    if (!this.#devices.delete(serial)) {
      throw new DirectoryRefusal('NoSuchEntity', `MFA device ${serial} does not exist.`);
    }
  }

  createRole(role: Omit<Role, 'roleId'>): Role {
    const name = parseRoleArn(role.arn)?.roleName;
    if (this.#roles.has(role.arn)) {
      throw new DirectoryRefusal(
        'EntityAlreadyExists',
        `Role with name ${String(name)} already exists.`,
      );
    }
    const created = { ...role, roleId: makeId('AROA') };
    this.#roles.set(created.arn, created);
    return created;
  }

  role(arn: string): Role | undefined {
    return this.#roles.get(arn);
  }

  deleteRole(arn: string): void {
    if (!this.#roles.delete(arn)) {
      throw new DirectoryRefusal('NoSuchEntity', `The role ${arn} cannot be found.`);
    }
  }

  #existingUser(arn: string): UserPrincipal {
    const user = this.#users.get(arn);
    if (user === undefined) {
      throw new DirectoryRefusal('NoSuchEntity', `The user ${arn} cannot be found.`);
    }
    return user;
  }

  #existingKey(accessKeyId: string): AccessKey {
    const key = this.#keys.get(accessKeyId);
    if (key === undefined) {
      throw new DirectoryRefusal(
        'NoSuchEntity',
        `The Access Key with id ${accessKeyId} cannot be found.`,
      );
    }
    return key;
  }

  #devicesOf(userArn: string): readonly MfaDevice[] {
    return [...this.#devices.values()].filter((device) => device.userArn === userArn);
  }
}
