import { findNamed } from '../arguments/find-named.ts';
import type { Context } from '../context.ts';
import type { IntegrationView } from '../owner/owner-client.ts';

/** The integration with this name or id; see `findNamed`. */
export async function findIntegration(
  context: Context,
  name: string | undefined,
): Promise<IntegrationView> {
  const { items } = await context.owner.request('GET', '/v1/integrations');
  const named = items.map((one) => ({ name: one.name, id: one.integrationId, one }));
  const { one } = await findNamed(context, named, name, {
    what: 'integration',
    listedBy: 'stint integration list',
  });
  return one;
}
