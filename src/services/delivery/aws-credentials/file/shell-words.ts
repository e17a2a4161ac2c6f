/**
 * The words of a line as Python's `shlex.split` finds them, by which botocore reads headers of the
 * config file and the value of `credential_process`. Undefined where it refuses the line.
 */
export function shellWords(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    let char = line.charAt(at);
    if (quote === '' && /[ \t\r\n]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= '';
    if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else {
      const isEscape =
        char === '\\' && (quote === '' || (quote === '"' && /["\\]/.test(line.charAt(at + 1))));
      if (isEscape) {
        at += 1;
        if (at === line.length) return undefined;
        char = line.charAt(at);
      }
      word += char;
    }
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}
