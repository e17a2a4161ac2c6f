/** As many characters as a session keeps of a name (`sessionName`, `accountName`, `subscriptionName`). */
const longest = 128;

/**
 * What a provider says of a name or an address, fit to be kept and shown: control characters,
 * line breaks and what turns the direction of writing become blanks, and what is too long is cut. Undefined where nothing is left. Providers
 * send whatever somebody once typed, or null; it is data to show and never a reason to stop.
 */
export function cleanText(said: unknown, characters = longest): string | undefined {
  const text = (typeof said === 'string' ? said : '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, characters)
    // Half of a character that the cut went through.
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
  return text === '' ? undefined : text;
}
