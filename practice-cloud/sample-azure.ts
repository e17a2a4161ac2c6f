import type { AdminClient } from './admin-client.ts';

/** A small company in Azure: what `sampleAzure` made. */
export interface SampleAzure {
  /** Contoso, where Anna is at home. */
  readonly tenantId: string;
  /** Fabrikam, where she is a guest. */
  readonly partnerTenantId: string;
  readonly userName: string;
  readonly password: string;
  /** By name; Anna may see all of them. */
  readonly subscriptions: Readonly<Record<SampleSubscription, string>>;
  /** A public client of Contoso's own, for every tenant. */
  readonly desktopClientId: string;
  /** An application that sees `payments-dev`. */
  readonly pipeline: { readonly clientId: string; readonly secret: string };
}

export type SampleSubscription = 'payments-prod' | 'payments-dev' | 'sandbox' | 'shared-data';

/** Sets up tenants, a user, applications and subscriptions to try things with. */
export async function sampleAzure(admin: AdminClient): Promise<SampleAzure> {
  const { tenantId } = await admin.createTenant({
    domain: 'contoso.example',
    displayName: 'Contoso',
  });
  const { tenantId: partnerTenantId } = await admin.createTenant({
    domain: 'fabrikam.example',
    displayName: 'Fabrikam',
  });
  const { userName, password } = await admin.createEntraUser({
    tenant: tenantId,
    userName: 'anna@contoso.example',
    displayName: 'Anna Lindqvist',
  });
  await admin.inviteGuest({ tenant: partnerTenantId, userName });
  const { clientId: desktopClientId } = await admin.createApp({
    tenant: tenantId,
    name: 'Contoso Desktop',
    isPublic: true,
    isMultiTenant: true,
  });
  await admin.grantConsent({ clientId: desktopClientId, tenant: partnerTenantId });
  const { clientId } = await admin.createApp({ tenant: tenantId, name: 'deploy-pipeline' });
  const { secret } = await admin.addClientSecret({ clientId });

  const subscription = async (
    name: SampleSubscription,
    tenant: string,
    state: 'Enabled' | 'Disabled',
    ...others: readonly string[]
  ) => {
    const principals = [userName, ...others];
    return (await admin.createSubscription({ tenant, name, state, principals })).subscriptionId;
  };
  return {
    tenantId,
    partnerTenantId,
    userName,
    password,
    desktopClientId,
    pipeline: { clientId, secret },
    subscriptions: {
      'payments-prod': await subscription('payments-prod', tenantId, 'Enabled'),
      'payments-dev': await subscription('payments-dev', tenantId, 'Enabled', clientId),
      sandbox: await subscription('sandbox', tenantId, 'Disabled'),
      'shared-data': await subscription('shared-data', partnerTenantId, 'Enabled'),
    },
  };
}
