import { numbered, profileBase } from '../../models/delivery.ts';
import type { Offer } from './source.ts';

/**
 * Profile names for new sessions of an integration. The same account and role get the same name on
 * every machine: where names collide among `offers`, or lose letters that a profile name cannot
 * have, each of them ends with its account id. `taken` are names of other sessions here.
 */
export function profileNames(offers: readonly Offer[]) {
  const bases = new Map<string, number>();
  for (const { sessionName } of offers) {
    const base = caseless(sessionName);
    bases.set(base, (bases.get(base) ?? 0) + 1);
  }
  return ({ sessionName, fields }: Offer, taken: ReadonlySet<string>): string => {
    const { accountId = '' } = fields;
    const base = profileBase(sessionName);
    const isUnique = bases.get(caseless(sessionName)) === 1 && !losesLetters(sessionName);
    if (isUnique && !taken.has(base)) return base;
    if (base.includes(accountId)) return numbered(base, taken);
    return numbered(`${base}-${accountId}`, taken);
  };
}

/** Some programs and file systems do not tell `Prod` from `prod`. */
function caseless(sessionName: string): string {
  return profileBase(sessionName).toLowerCase();
}

/** Whether letters or digits of `name` are of a script that profile names do not have. */
function losesLetters(name: string): boolean {
  return /[^\p{ASCII}]/u.test(name.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, ''));
}
