import { readFileSync, statSync } from 'node:fs';
import { hint, ok, problem, type Finding } from './finding.ts';

/**
 * What would keep tools from reading an AWS file: botocore refuses a file with a byte order mark,
 * a section that stands twice, or a line it cannot place. Only line numbers and section names are
 * told, never what stands there.
 */
export function checkAwsFile(
  path: string,
  { holdsSecrets }: { readonly holdsSecrets: boolean },
): readonly Finding[] {
  let content: string;
  try {
    content = readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [ok(`${path} is not there, which is fine`)];
    return [problem(`${path} cannot be read: ${code ?? ''}.`, 'Make it readable for your user.')];
  }
  const findings = [...modeFindings(path, holdsSecrets), ...contentFindings(path, content)];
  return findings.length === 0 ? [ok(path)] : findings;
}

function modeFindings(path: string, holdsSecrets: boolean): readonly Finding[] {
  const { mode } = statSync(path);
  if (!holdsSecrets || process.platform === 'win32' || (mode & 0o077) === 0) return [];
  return [
    hint(
      `${path} is open to others: its mode is ${(mode & 0o777).toString(8)}.`,
      `Close it: chmod 600 ${path}`,
    ),
  ];
}

const byteOrderMark = '\u00ef\u00bb\u00bf';

function contentFindings(path: string, content: string): readonly Finding[] {
  const findings: Finding[] = [];
  const blocked = 'The AWS CLI cannot read such a file.';
  const marked = content.startsWith(byteOrderMark);
  if (marked) {
    findings.push(
      problem(`${path} begins with a byte order mark. ${blocked}`, 'Save it as UTF-8 without one.'),
    );
  }
  const seen = new Map<string, number>();
  let inSection = false;
  const lines = content.slice(marked ? byteOrderMark.length : 0).split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    const number = index + 1;
    if (/^\s*([#;].*)?$/.test(line)) return;
    const section = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (section !== undefined) {
      const before = seen.get(section);
      if (before === undefined) seen.set(section, number);
      else {
        findings.push(
          problem(
            `${path}: section [${section}] stands on line ${before} and again on line ${number}. ${blocked}`,
            'Merge the two.',
          ),
        );
      }
      inSection = true;
    } else if (!inSection || (!/^\s/.test(line) && !/[=:]/.test(line))) {
      findings.push(
        problem(
          `${path}: line ${number} is no section, no setting and no comment. ${blocked}`,
          'Correct that line or make it a comment.',
        ),
      );
    }
  });
  return findings;
}
