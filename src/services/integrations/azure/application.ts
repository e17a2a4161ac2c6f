import type { AzureIntegration } from '../../../models/integration.ts';

/**
 * The client id of an application: the integration's own, else that of the Azure CLI, which is the
 * default of `@azure/identity` and known in every tenant.
 */
export function clientIdOf({ clientId }: AzureIntegration): string {
  return clientId ?? '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
}

/** Microsoft Learn, "Scopes and permissions in the Microsoft identity platform", `.default`. */
export function scopeOf(resource: string): string {
  return `${resource}/.default`;
}
