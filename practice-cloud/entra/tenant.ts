import { randomUUID } from 'node:crypto';
import type { CloudName, ResourceName } from './clouds.ts';

export type Requirement = 'mfa' | 'block';

/** A Conditional Access policy, reduced to one resource and every user. */
export interface Policy {
  readonly policyId: string;
  readonly requirement: Requirement;
}

/** A member or guest of a tenant (an `EntraUser`). */
export interface Member {
  readonly userName: string;
}

/** A tenant: its names, who is in it and what it asks for before it lets anybody at a resource. */
export class Tenant {
  readonly tenantId: string;
  readonly cloud: CloudName;
  readonly domain: string;
  readonly displayName: string;
  /** Object ids of members and guests. */
  readonly members = new Map<Member, string>();
  readonly policies = new Map<ResourceName, Policy>();

  constructor(options: Pick<Tenant, 'tenantId' | 'cloud' | 'domain' | 'displayName'>) {
    this.tenantId = options.tenantId;
    this.cloud = options.cloud;
    this.domain = options.domain;
    this.displayName = options.displayName;
  }

  /** A guest has a separate object id in each tenant ("Properties of a B2B guest user"). */
  admit(user: Member): string {
    const objectId = this.members.get(user) ?? randomUUID();
    this.members.set(user, objectId);
    return objectId;
  }

  require(resource: ResourceName, requirement: Requirement | null): void {
    if (requirement === null) this.policies.delete(resource);
    else this.policies.set(resource, { policyId: randomUUID(), requirement });
  }
}
