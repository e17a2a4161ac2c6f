import { AdminRefusal } from '../control/admin-refusal.ts';
import { Application, azureCliClientId } from './application.ts';
import { Tenant } from './tenant.ts';
import { EntraUser } from './user.ts';

/** Tenants, users and app registrations. */
export class EntraDirectory {
  readonly #tenants = new Map<string, Tenant>();
  readonly #users = new Map<string, EntraUser>();
  readonly #applications = new Map<string, Application>();

  constructor() {
    this.register({
      clientId: azureCliClientId,
      name: 'Microsoft Azure CLI',
      home: undefined,
      isPublic: true,
      isMultiTenant: true,
      redirectUris: ['http://localhost'],
    });
  }

  createTenant(options: ConstructorParameters<typeof Tenant>[0]): Tenant {
    if (this.tenant(options.tenantId) ?? this.tenant(options.domain)) {
      throw new AdminRefusal(`There is a tenant ${options.domain} already.`);
    }
    const tenant = new Tenant(options);
    this.#tenants.set(tenant.tenantId, tenant);
    return tenant;
  }

  /** Its users go with it; guests elsewhere too ("Delete a tenant in Microsoft Entra ID"). */
  removeTenant(tenantId: string): void {
    const tenant = this.existingTenant(tenantId);
    this.#tenants.delete(tenant.tenantId);
    for (const user of this.#users.values()) {
      if (user.home !== tenant) continue;
      this.#users.delete(user.userName.toLowerCase());
      for (const other of this.#tenants.values()) other.members.delete(user);
    }
  }

  /** By id or domain, whatever the case. */
  tenant(name: string): Tenant | undefined {
    const wanted = name.toLowerCase();
    return (
      this.#tenants.get(wanted) ??
      [...this.#tenants.values()].find(({ domain }) => domain.toLowerCase() === wanted)
    );
  }

  /** @throws AdminRefusal */
  existingTenant(name: string): Tenant {
    const tenant = this.tenant(name);
    if (tenant === undefined) throw new AdminRefusal(`There is no tenant ${name}.`);
    return tenant;
  }

  /** The tenants a user is a member or guest of, the home first. */
  tenantsOf(user: EntraUser): readonly Tenant[] {
    const others = [...this.#tenants.values()].filter(
      (tenant) => tenant !== user.home && tenant.members.has(user),
    );
    return [user.home, ...others];
  }

  createUser(options: ConstructorParameters<typeof EntraUser>[0]): EntraUser {
    if (this.user(options.userName) !== undefined) {
      throw new AdminRefusal(`There is a user ${options.userName} already.`);
    }
    const user = new EntraUser(options);
    this.#users.set(user.userName.toLowerCase(), user);
    user.home.admit(user);
    return user;
  }

  user(userName: string): EntraUser | undefined {
    return this.#users.get(userName.toLowerCase());
  }

  /** @throws AdminRefusal */
  existingUser(userName: string): EntraUser {
    const user = this.user(userName);
    if (user === undefined) throw new AdminRefusal(`There is no user ${userName}.`);
    return user;
  }

  register(options: ConstructorParameters<typeof Application>[0]): Application {
    if (this.application(options.clientId) !== undefined) {
      throw new AdminRefusal(`There is an application ${options.clientId} already.`);
    }
    const application = new Application(options);
    this.#applications.set(application.clientId, application);
    return application;
  }

  application(clientId: string): Application | undefined {
    return this.#applications.get(clientId.toLowerCase());
  }

  /** @throws AdminRefusal */
  existingApplication(clientId: string): Application {
    const application = this.application(clientId);
    if (application === undefined) throw new AdminRefusal(`There is no application ${clientId}.`);
    return application;
  }
}
