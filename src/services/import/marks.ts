import { createHash } from 'node:crypto';
import type { IdentityProvider } from '../../models/identity-provider.ts';
import type { Integration } from '../../models/integration.ts';
import { fieldsOf, type Session } from '../../models/session.ts';
import { integrationFieldsOf } from '../integrations/integration-fields.ts';

/*
 * Marks: hashes that tell whether a thing is still as an import made it.
 */

/** A sync updates these by itself: a person did not change them. */
const decidedBySync: ReadonlySet<string> = new Set(['accountName', 'email', 'subscriptionName']);

export function sessionMark(session: Session): string {
  const own = Object.entries(fieldsOf(session)).filter(([name]) => !decidedBySync.has(name));
  return markOf(Object.fromEntries(own));
}

export function integrationMark(integration: Integration): string {
  const credential = 'credential' in integration ? integration.credential : undefined;
  return markOf({ ...integrationFieldsOf(integration), credential });
}

export function identityProviderMark({ name, url }: IdentityProvider): string {
  return markOf({ name, url });
}

/** Of access keys: the workspace does not name them. */
export function keysMark(accessKeyId: string): string {
  return markOf({ accessKeyId });
}

function markOf(fields: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url').slice(0, 22);
}
