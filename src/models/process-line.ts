/**
 * A command line for the setting `credential_process`. Readers take it apart in different ways:
 * botocore as Python's shlex does (on Windows as the C runtime), others give it to `sh` or `cmd`.
 * Undefined where a word is one that not all of them would read alike.
 */
export function processLine(words: readonly string[], isWindows: boolean): string | undefined {
  const quoted = words.map((word) => inQuotes(word, isWindows));
  return quoted.includes(undefined) ? undefined : quoted.join(' ');
}

function inQuotes(word: string, isWindows: boolean): string | undefined {
  // cmd replaces %NAME%, also in quotes.
  if (isWindows && word.includes('%')) return undefined;
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  const quote = isWindows ? '"' : "'";
  // The AWS SDK for JavaScript takes what follows ` #` or ` ;` for a comment, also in quotes.
  const isUnreadable = word.includes(quote) || /[\r\n]|\s[#;]/.test(word);
  // A backslash before the quote would escape it.
  if (isUnreadable || (isWindows && word.endsWith('\\'))) return undefined;
  return `${quote}${word}${quote}`;
}
