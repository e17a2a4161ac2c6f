import { findNamed } from '../arguments/find-named.ts';
import type { Context } from '../context.ts';
import type { IntegrationView } from '../owner/owner-client.ts';

/** The integration that a name, start URL, tenant or id means; see `findNamed`. */
export async function findIntegration(
  context: Context,
  name: string | undefined,
): Promise<IntegrationView> {
  const { items } = await context.owner.request('GET', '/v1/integrations');
  const named = items.map((one) => ({
    name: one.name,
    id: one.integrationId,
    others: one.kind === 'awsSso' ? [one.startUrl] : [one.tenantId],
    about: one.kind === 'awsSso' ? one.startUrl : `tenant ${one.tenantId}`,
    one,
  }));
  const { one } = await findNamed(context, named, name, {
    what: 'integration',
    listedBy: 'stint integration list',
  });
  return one;
}
