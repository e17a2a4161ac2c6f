import type { AwsFileKind } from '../../delivery.ts';
import { FileSyntaxError, parseUserFile } from '../../shared/user-file/syntax-error.ts';
import { countLines, readLines, type Header } from './line-reader.ts';
import { isPassive, type Line } from './line.ts';
import { profilesOf } from './profile-header.ts';

/*
 * The shared credentials and config files, kept byte for byte: text here is latin1, one character a
 * byte, so that what is not valid UTF-8 survives too. Lines are read the way botocore
 * (configparser) and the AWS SDK for JavaScript (parseIni) do; where the two differ, what either of
 * them sees as a section is one.
 */

/** Lines `from` up to `to`, where the next section begins; `core` is after the last setting. */
export interface Section {
  /** As botocore and as JavaScript read the header: seldom two names. */
  readonly names: readonly string[];
  /** The profiles that these names mean in such a file. */
  readonly profiles: readonly string[];
  readonly from: number;
  readonly core: number;
  readonly to: number;
}

export interface AwsFile {
  readonly kind: AwsFileKind;
  readonly bom: string;
  /** Of all lines, without the BOM. */
  readonly bytes: Buffer;
  readonly lines: readonly Line[];
  readonly sections: readonly Section[];
}

const bom = Buffer.from([0xef, 0xbb, 0xbf]);

/** `content`: a text is in latin1. `kind`: what headers mean. Throws FileSyntaxError. */
export function parseAwsFile(content: Buffer | string, kind: AwsFileKind): AwsFile {
  const whole = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const nul = whole.indexOf(0);
  if (nul >= 0) {
    throw new FileSyntaxError(
      countLines(whole.subarray(0, nul + 1)),
      'contains a NUL byte (is the file saved as UTF-16?)',
    );
  }
  const start = whole.subarray(0, bom.length).equals(bom) ? bom.length : 0;
  const bytes = whole.subarray(start);
  const { lines, headers } = readLines(bytes);
  const sections = sectionsOf(lines, headers, kind);
  return { kind, bom: whole.toString('latin1', 0, start), bytes, lines, sections };
}

/** The same for what is in `file`. Throws Problem 'file-unreadable' naming the line. */
export function parseAwsFileAt(file: string, content: Buffer | string, kind: AwsFileKind): AwsFile {
  return parseUserFile(file, () => parseAwsFile(content, kind));
}

function sectionsOf(
  lines: readonly Line[],
  headers: readonly Header[],
  kind: AwsFileKind,
): readonly Section[] {
  return headers.map(({ index: from, names }, nth) => {
    const to = headers[nth + 1]?.index ?? lines.length;
    let core = to;
    while (isPassive(lines[core - 1])) core -= 1;
    return { names, profiles: profilesOf(names, kind), from, core, to };
  });
}
