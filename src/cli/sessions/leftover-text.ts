import type { Leftover } from '../owner/owner-client.ts';

/** What is left, by its name in the API. */
const texts: Readonly<Record<string, string>> = {
  section: 'its section is still there',
  account: 'its account is still there',
  stash: 'your own entry is not restored yet',
  journal: 'the clean-up journal cannot be read, so more may be left',
};

/** What a stop left behind, where, and why. */
export function leftoverText({ file, profileName, what, reason }: Leftover): string {
  const where = profileName === undefined ? '' : `Profile ${profileName} in `;
  return `${where}${file}: ${texts[what] ?? what}. ${reason}`;
}

export const leftoverNext =
  'Stint tries again every minute; `stint stop` with the name tries at once.';
