import { createHash, randomBytes } from 'node:crypto';
import type { CenterFault } from './fault.ts';

/** A permission set in an account, as one user may use it. */
export interface Assignment {
  readonly accountId: string;
  readonly accountName: string | null;
  readonly emailAddress: string | null;
  readonly roleName: string;
  /** The permission set's session length: 1 to 12 hours. */
  readonly sessionSeconds: number;
}

export interface CenterUser {
  readonly userName: string;
  readonly password: string;
  /** By account, in the order in which they were assigned; then by role. */
  readonly accounts: Map<string, Map<string, Assignment>>;
}

export interface CenterOptions {
  readonly name: string;
  readonly region: string;
  /** Lifetime of an access token of a client with scopes. */
  readonly accessTokenSeconds: number;
  /** Whether such clients get refresh tokens. */
  readonly refresh: boolean;
  readonly startUrl?: string | undefined;
}

/** One Identity Center instance: its users and what they may use. */
export class Center {
  readonly options: CenterOptions;
  readonly startUrl: string;
  readonly users = new Map<string, CenterUser>();
  /** Cookie → user name: who has signed in with which browser. */
  readonly browsers = new Map<string, string>();
  /** What ListAccountRoles answers instead of the roles, by account. */
  readonly accountErrors = new Map<string, CenterFault>();

  constructor(options: CenterOptions, startUrl: string) {
    this.options = options;
    this.startUrl = startUrl;
  }

  addUser(userName: string): CenterUser {
    const password = randomBytes(12).toString('base64url');
    const user: CenterUser = { userName, password, accounts: new Map() };
    this.users.set(userName, user);
    return user;
  }

  assign({ accounts }: CenterUser, assignment: Assignment): void {
    const account = accounts.get(assignment.accountId) ?? new Map<string, Assignment>();
    accounts.set(assignment.accountId, account.set(assignment.roleName, assignment));
  }

  unassign({ accounts }: CenterUser, accountId: string, roleName: string): void {
    const account = accounts.get(accountId);
    account?.delete(roleName);
    if (account?.size === 0) accounts.delete(accountId);
  }

  /**
   * The name of the role that Identity Center keeps in an account for a permission set (IAM Identity
   * Center User Guide, "Referencing permission sets in resource policies").
   */
  reservedRoleName(accountId: string, permissionSet: string): string {
    const unique = createHash('sha256')
      .update(`${this.startUrl} ${accountId} ${permissionSet}`)
      .digest('hex')
      .slice(0, 16);
    return `AWSReservedSSO_${permissionSet}_${unique}`;
  }
}
