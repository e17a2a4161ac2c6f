import { findNamed } from '../arguments/find-named.ts';
import type { Context } from '../context.ts';
import { findIntegration } from '../integrations/find-integration.ts';
import { findSession } from './find-session.ts';

/**
 * The fields with ids instead of names for the parent session, the identity provider and the
 * integration. Throws CommandFailure 'notFound', or 'usage' if several match.
 */
export async function withSourceIds(
  context: Context,
  fields: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const found = { ...fields };
  const replace = async (field: string, find: (name: string) => Promise<string>) => {
    const name = found[field];
    if (typeof name === 'string' && !uuid.test(name)) found[field] = await find(name);
  };
  const { owner } = context;
  await replace('parentSessionId', async (name) => (await findSession(context, name)).sessionId);
  await replace('idpId', async (wanted) => {
    const { items } = await owner.request('GET', '/v1/idps');
    const named = items.map(({ idpId, name, url }) => ({ id: idpId, name, about: url }));
    const kind = { what: 'identity provider', listedBy: 'stint idp list' };
    return (await findNamed(context, named, wanted, kind)).id;
  });
  await replace(
    'integrationId',
    async (wanted) => (await findIntegration(context, wanted)).integrationId,
  );
  return found;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
