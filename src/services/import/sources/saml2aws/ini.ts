import { Problem } from '../../../../models/problem.ts';

/** One `[section]` of the file; keys in lower case. */
export interface Section {
  readonly name: string;
  readonly line: number;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * The sections of an INI file in the dialect of gopkg.in/ini.v1, which saml2aws writes with: `#` and `;` begin a comment anywhere,
 * unless the value is quoted. Sections of one name are one. Throws Problem 'file-unreadable' naming the line.
 */
export function readIni(text: string, file: string): readonly Section[] {
  const sections = new Map<string, { line: number; values: Map<string, string> }>();
  let current: Map<string, string> | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || /^[#;]/.test(line)) continue;
    const header = /^\[(.+)\]\s*(?:[#;].*)?$/.exec(line)?.[1]?.trim();
    if (header !== undefined) {
      const known = sections.get(header) ?? { line: index + 1, values: new Map<string, string>() };
      sections.set(header, known);
      current = known.values;
      continue;
    }
    const [, key = '', value = ''] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (key === '') {
      throw new Problem('file-unreadable', {
        detail: `${file} cannot be read: line ${index + 1} is neither a [section] nor key = value. Stint did not change it.`,
        next: 'Correct the line, then try again.',
      });
    }
    // saml2aws reads no key outside a section.
    current?.set(key.toLowerCase(), unquoted(value));
  }
  return [...sections].map(([name, { line, values }]) => ({ name, line, values }));
}

function unquoted(value: string): string {
  const match = /^(?:`(?<back>[^`]*)`|"""(?<triple>.*)""")/.exec(value)?.groups;
  const quoted = match?.['back'] ?? match?.['triple'];
  if (quoted !== undefined) return quoted;
  const plain = value.replace(/[#;].*$/, '').trim();
  return /^(["'])(.*)\1$/.exec(plain)?.[2] ?? plain;
}
