import type { X509Certificate } from 'node:crypto';
import { createHash, randomUUID } from 'node:crypto';
import type { Tenant } from './tenant.ts';

export interface ClientSecret {
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The Azure CLI: exists in every tenant without registration, and needs no consent. */
export const azureCliClientId = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

/** An app registration, and the service principals it has in tenants. */
export class Application {
  readonly clientId: string;
  readonly name: string;
  /** `undefined` for Microsoft's own, which belong to every tenant. */
  readonly home: Tenant | undefined;
  readonly isPublic: boolean;
  readonly isMultiTenant: boolean;
  readonly redirectUris: readonly string[];
  readonly secrets: ClientSecret[] = [];
  readonly certificates: X509Certificate[] = [];
  /** Assertions that were used, by their `jti`. */
  readonly usedAssertions = new Set<string>();
  /** Object ids of the service principals, by tenant id. */
  readonly servicePrincipals = new Map<string, string>();
  /** Tenant ids for an administrator's consent, `tenant id/object id` for a user's own. */
  readonly #consents = new Set<string>();

  constructor(
    options: Pick<
      Application,
      'clientId' | 'name' | 'home' | 'isPublic' | 'isMultiTenant' | 'redirectUris'
    >,
  ) {
    this.clientId = options.clientId;
    this.name = options.name;
    this.home = options.home;
    this.isPublic = options.isPublic;
    this.isMultiTenant = options.isMultiTenant;
    this.redirectUris = options.redirectUris;
    if (options.home !== undefined) this.install(options.home.tenantId);
  }

  /** Microsoft's own applications need no consent and share their refresh tokens. */
  get isFirstParty(): boolean {
    return this.home === undefined;
  }

  /** Makes the service principal; its object id. */
  install(tenantId: string): string {
    const objectId = this.servicePrincipals.get(tenantId) ?? randomUUID();
    this.servicePrincipals.set(tenantId, objectId);
    return objectId;
  }

  isIn(tenantId: string): boolean {
    return this.isFirstParty || this.servicePrincipals.has(tenantId);
  }

  /** For one user, or for everybody in the tenant. */
  consent(tenantId: string, objectId?: string): void {
    this.install(tenantId);
    this.#consents.add(objectId === undefined ? tenantId : `${tenantId}/${objectId}`);
  }

  revokeConsent(tenantId: string): void {
    for (const one of this.#consents) {
      if (one.startsWith(tenantId)) this.#consents.delete(one);
    }
  }

  hasConsent(tenantId: string, objectId: string): boolean {
    return (
      this.isFirstParty ||
      this.#consents.has(tenantId) ||
      this.#consents.has(`${tenantId}/${objectId}`)
    );
  }

  /** The certificate that a header's `x5t` or `x5t#S256` names (RFC 7515 §4.1.7 and §4.1.8). */
  certificateOf(thumbprints: {
    readonly sha1: string | undefined;
    readonly sha256: string | undefined;
  }): X509Certificate | undefined {
    return this.certificates.find(
      ({ raw }) =>
        thumbprint(raw, 'sha256') === thumbprints.sha256 ||
        thumbprint(raw, 'sha1') === thumbprints.sha1,
    );
  }
}

function thumbprint(raw: Buffer, hash: 'sha1' | 'sha256'): string {
  return createHash(hash).update(raw).digest('base64url');
}
