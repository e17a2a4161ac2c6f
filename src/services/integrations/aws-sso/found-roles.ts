import { awsSsoRoleFieldsSchema } from '../../../models/session-fields.ts';
import { cleanText } from '../../network/provider-text.ts';
import type { Offer, Offered } from '../source.ts';
import { roleName as nameOf } from './role-sessions.ts';

/** A role of an account as Identity Center names it (IAM Identity Center Portal API Reference). */
export interface FoundRole {
  readonly accountId: string;
  readonly accountName?: string | null | undefined;
  readonly emailAddress?: string | null | undefined;
  readonly roleName?: string | null | undefined;
}

const { shape } = awsSsoRoleFieldsSchema;

export function isAccountId(text: string): boolean {
  return shape.accountId.safeParse(text).success;
}

/**
 * What is offered, one for each account and role and in a fixed order, so that every machine
 * makes the same of it. `unlisted`: accounts that did not tell; roles without a usable name join them.
 */
export function foundRoles(found: readonly FoundRole[], unlisted: readonly string[]): Offered {
  const offers = new Map<string, Offer>();
  const skipped = new Set(
    unlisted.map((accountId) => cleanText(accountId) ?? 'an account without id'),
  );
  for (const { accountId, accountName, emailAddress, roleName } of found) {
    const accountAndRole = `${accountId}/${roleName ?? ''}`;
    if (!roleName || !shape.roleName.safeParse(roleName).success) {
      skipped.add(cleanText(accountAndRole) ?? accountId);
      continue;
    }
    const role = { accountId, accountName: cleanText(accountName) ?? accountId, roleName };
    offers.set(accountAndRole, {
      sessionName: nameOf(role),
      fields: { ...role, email: cleanText(emailAddress, longestEmail) },
    });
  }
  const sorted = [...offers].sort(([one], [other]) => (one < other ? -1 : 1));
  return { offers: sorted.map(([, offer]) => offer), skipped: [...skipped].sort() };
}

/** AWS Organizations API Reference, "CreateAccount", Email: at most 64 characters; a few more are kept. */
export const longestEmail = 320;
