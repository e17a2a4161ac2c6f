/*
 * The Azure CLI's settings for a folder of Stint's: the user's, with another cloud and the plain token
 * cache that Stint writes. Python's configparser reads the file and refuses an option that is there
 * twice (knack, `config.py`), so lines are replaced, not added.
 */

interface Option {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** `users`: the content of the user's file, '' if there is none. */
export function ownAzConfig(users: string, cloudName: string): string {
  const own: readonly Option[] = [
    { section: 'cloud', key: 'name', value: cloudName },
    { section: 'core', key: 'encrypt_token_cache', value: 'false' },
  ];
  return own.reduce(withOption, users.replace(/^\ufeff/, ''));
}

function withOption(text: string, { section, key, value }: Option): string {
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  const kept: string[] = [];
  let current: string | undefined;
  let header: number | undefined;
  let isDropping = false;
  for (const line of lines) {
    const continues = /^[ \t]+\S/.test(line);
    if (isDropping && continues) continue;
    const name = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (name !== undefined) current = name;
    if (name === section) header = kept.length;
    isDropping = current === section && name === undefined && keyOf(line) === key;
    if (!isDropping) kept.push(line);
  }
  const option = `${key} = ${value}`;
  if (header === undefined) kept.push(`[${section}]`, option);
  else kept.splice(header + 1, 0, option);
  return `${kept.join('\n')}\n`;
}

/** Options are known whatever their case, up to the first `=` or `:`. */
function keyOf(line: string): string | undefined {
  return /^([^=:#;\s][^=:]*?)\s*[=:]/.exec(line)?.[1]?.toLowerCase();
}
