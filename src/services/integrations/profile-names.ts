import { isAscii, numbered, profileBase, profileNameLength } from '../../models/delivery.ts';

/** A role in an account, as an Identity Center offers it. */
export interface NamedRole {
  readonly integrationId: string;
  readonly accountId: string;
  readonly roleName: string;
  /** What its profile is named after: by default the session, unless a person named that. */
  readonly profileText: string;
  /** Its Identity Center, by the part of the start URL that differs; undefined once that was removed. */
  readonly portal: string | undefined;
}

/**
 * Profile names for `roles`, which are all that are known of any Identity Center. A name depends on
 * them alone, never on the order in which integrations or answers come, so that it means the same
 * account and role on every machine. Where different accounts share a name, or it loses letters that a
 * profile name cannot have, each of them ends with its account id; where several Identity Centers
 * offer the same role in the same account, with its portal. `taken` are names of other sessions here.
 * `baseOf`: of a text, as `profileBase`.
 */
export function profileNames(roles: readonly NamedRole[], baseOf = profileBase) {
  // Some programs and file systems do not tell `Prod` from `prod`.
  const caseless = (text: string) => baseOf(text).toLowerCase();
  const byName = Map.groupBy(roles, (role) => caseless(role.profileText));
  return (role: NamedRole, taken: ReadonlySet<string>): string => {
    const { profileText, accountId, portal = '' } = role;
    const namesakes = byName.get(caseless(profileText)) ?? [];
    const isAlsoElsewhere = namesakes.some((one) => isTwin(one, role));
    const isShared = namesakes.some((one) => !isTwin(one, role) && !isSame(one, role));
    const base = baseOf(profileText);
    const isTaken = !isAlsoElsewhere && taken.has(base);
    const needsAccount =
      (isShared || isTaken || losesLetters(profileText)) && !base.includes(accountId);
    const suffix = [needsAccount ? accountId : '', isAlsoElsewhere ? profileBase(portal) : '']
      .filter((part) => part !== '')
      .map((part) => `-${part}`)
      .join('');
    return numbered(`${base.slice(0, profileNameLength - suffix.length)}${suffix}`, taken);
  };
}

/** What tells a start URL from those of other Identity Centers: `acme`, `d-9067642ac7`, `ssoins-7223…`. */
export function portalOf(startUrl: string): string {
  const { hostname, pathname } = new URL(startUrl);
  const ownPath = pathname.split('/').findLast((part) => part !== '' && part !== 'start');
  return ownPath ?? hostname.split('.')[0] ?? hostname;
}

function isSame(one: NamedRole, other: NamedRole): boolean {
  return isOfSameRole(one, other) && one.integrationId === other.integrationId;
}

function isTwin(one: NamedRole, other: NamedRole): boolean {
  return isOfSameRole(one, other) && one.integrationId !== other.integrationId;
}

function isOfSameRole(one: NamedRole, other: NamedRole): boolean {
  return one.accountId === other.accountId && one.roleName === other.roleName;
}

/** Whether letters or digits of `name` are of a script that profile names do not have. */
function losesLetters(name: string): boolean {
  return !isAscii(name) && !isAscii(name.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, ''));
}
