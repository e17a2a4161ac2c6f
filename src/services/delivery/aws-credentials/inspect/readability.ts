import { fromLatin1, toLatin1 } from '../file/latin1.ts';
import type { Line } from '../file/line.ts';
import type { AwsFile, Section } from '../file/parse.ts';

/**
 * Why botocore, and with it the AWS CLI, refuses the file as a whole: clauses that name lines. The
 * rules are configparser's in its strict mode, read as UTF-8, and botocore's for nested settings.
 */
export function botocoreTroubles(file: AwsFile): readonly string[] {
  return [
    ...(file.bom === '' ? [] : ['line 1 begins with a byte order mark']),
    ...repeatedSections(file),
    ...file.sections.flatMap((section) => repeatedSettings(file, section)),
    ...file.lines.flatMap((line, index) => lineTrouble(file.lines, line, index)),
  ];
}

function repeatedSections({ sections }: AwsFile): readonly string[] {
  const first = new Map<string, number>();
  return sections.flatMap(({ names, from }) => {
    const name = names[0] ?? '';
    const before = first.get(name);
    if (before !== undefined) {
      return [`line ${from + 1} begins section [${fromLatin1(name)}] again, after line ${before}`];
    }
    first.set(name, from + 1);
    return [];
  });
}

function repeatedSettings({ lines }: AwsFile, { from, to }: Section): readonly string[] {
  const first = new Map<string, number>();
  return lines.slice(from, to).flatMap(({ kind, key }, offset) => {
    if (kind !== 'setting') return [];
    const line = from + offset + 1;
    const before = first.get(key);
    if (before !== undefined)
      return [`line ${line} sets ${fromLatin1(key)} again, after line ${before}`];
    first.set(key, line);
    return [];
  });
}

function lineTrouble(lines: readonly Line[], line: Line, index: number): readonly string[] {
  if (!isUtf8(line.text)) return [`line ${index + 1} is not UTF-8`];
  if (line.kind === 'stray') return [`line ${index + 1} is neither a section nor a setting`];
  if (line.kind === 'continuation' && !line.text.includes('=') && isNested(lines, index)) {
    return [`line ${index + 1} has no "=" though it is nested`];
  }
  return [];
}

/** Whether the continuation belongs to a setting whose own line ends with the delimiter. */
function isNested(lines: readonly Line[], index: number): boolean {
  const setting = lines.slice(0, index).findLast(({ kind }) => kind === 'setting');
  return setting?.value === '';
}

function isUtf8(latin1: string): boolean {
  return toLatin1(fromLatin1(latin1)) === latin1;
}
