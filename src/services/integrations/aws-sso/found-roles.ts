import { awsSsoRoleFieldsSchema } from '../../../models/session-fields.ts';
import { cleanText } from '../../network/provider-text.ts';
import { remembered } from '../remembered.ts';
import type { Offer, Offered } from '../source.ts';
import { roleName as nameOf } from './role-sessions.ts';

/** An account and its roles as Identity Center names them (IAM Identity Center Portal API Reference). */
export interface FoundAccount {
  readonly accountId: string;
  readonly accountName?: string | null | undefined;
  readonly emailAddress?: string | null | undefined;
  readonly roleNames: readonly (string | null | undefined)[];
}

const { roleName: roleNameSchema } = awsSsoRoleFieldsSchema.shape;

/**
 * What is offered, one for each account and role and in a fixed order, so that every machine
 * makes the same of it. `unlisted`: accounts that did not tell; roles without a usable name join them.
 */
export function foundRoles(found: readonly FoundAccount[], unlisted: readonly string[]): Offered {
  const offers = new Map<string, Offer>();
  const skipped = new Set(
    unlisted.map((accountId) => cleanText(accountId) ?? 'an account without id'),
  );
  // Most accounts have roles of the same names.
  const isUsable = remembered((roleName) => roleNameSchema.safeParse(roleName).success);
  for (const { accountId, accountName, emailAddress, roleNames } of found) {
    const account = { accountId, accountName: cleanText(accountName) ?? accountId };
    const email = cleanText(emailAddress, longestEmail);
    for (const roleName of roleNames) {
      const accountAndRole = `${accountId}/${roleName ?? ''}`;
      if (!roleName || !isUsable(roleName)) {
        skipped.add(cleanText(accountAndRole) ?? accountId);
        continue;
      }
      const role = { ...account, roleName };
      offers.set(accountAndRole, { sessionName: nameOf(role), fields: { ...role, email } });
    }
  }
  const sorted = [...offers].sort(([one], [other]) => (one < other ? -1 : 1));
  return { offers: sorted.map(([, offer]) => offer), skipped: [...skipped].sort() };
}
/** AWS Organizations API Reference, "CreateAccount", Email: at most 64 characters; a few more are kept. */
export const longestEmail = 320;
