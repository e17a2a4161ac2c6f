/*
 * A line as bash takes it apart for completion. bash hands over words that it has split at the
 * characters of COMP_WORDBREAKS, so the line itself is read here (bash manual, "Programmable
 * Completion").
 */

export interface BashLine {
  /** The whole words before the one that is completed, without their quotes. */
  readonly before: readonly string[];
  /** The word that is completed, without its quotes. */
  readonly current: string;
  /** The same as it was typed. */
  readonly typed: string;
  /** The quote that is open at the end, if one is. */
  readonly open: '"' | "'" | undefined;
}

export function readBashLine(line: string): BashLine {
  const before: string[] = [];
  let [current, typed, isWord] = ['', '', false];
  let open: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? '';
    if (open === undefined && /\s/.test(character)) {
      if (isWord) before.push(current);
      [current, typed, isWord] = ['', '', false];
      continue;
    }
    isWord = true;
    typed += character;
    if (character === open) open = undefined;
    else if (open === undefined && (character === '"' || character === "'")) open = character;
    else if (character === '\\' && open !== "'") {
      at += 1;
      const next = line[at] ?? '';
      typed += next;
      // Between double quotes a backslash is one before anything else.
      current += open === '"' && !/["\\$`]/.test(next) ? `\\${next}` : next;
    } else current += character;
  }
  return { before, current, typed, open };
}

/**
 * What bash is to put in the place of `line.typed`: it replaces what follows the last of its word
 * breaks, and keeps a quote that is open.
 */
export function bashReplacement({ typed, open }: BashLine, value: string): string {
  if (open === "'") return value.replaceAll("'", String.raw`'\''`);
  if (open === '"') return value.replaceAll(/["\\$`]/g, String.raw`\$&`);
  const lastBreak = Math.max(...[':', '=', '@'].map((one) => typed.lastIndexOf(one)));
  const quoted = value.replaceAll(/[^\p{L}\p{N}\p{M}_@%+=:,./-]/gu, String.raw`\$&`);
  return quoted.slice(lastBreak + 1);
}
