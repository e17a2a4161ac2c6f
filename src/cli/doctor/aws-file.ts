import { readFileSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { headerInPython, indentInPython, trimInPython } from '../../models/aws-file-line.ts';
import { hint, ok, problem, type Finding } from './finding.ts';

/**
 * Whether tools can read an AWS file, by the rules of Python's configparser: botocore refuses a file with a byte order mark, with the same
 * section twice, or with a line that it does not understand. Findings name lines and sections, never
 * their content.
 */
export function checkAwsFile(
  path: string,
  { holdsSecrets }: { readonly holdsSecrets: boolean },
): readonly Finding[] {
  if (path === devNull) {
    return holdsSecrets
      ? [
          problem(
            `The credentials file is ${devNull}, where Stint can write nothing.`,
            'Choose a file: stint settings set awsCredentialsFile FILE, or use stint exec.',
          ),
        ]
      : [ok(`${path}: no config file`)];
  }
  let content: string;
  try {
    content = readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [ok(`${path} does not exist, which is fine`)];
    return [
      problem(`Stint cannot read ${path}: ${code ?? ''}.`, 'Make it readable for your user.'),
    ];
  }
  const findings = [...modeFindings(path, holdsSecrets), ...contentFindings(path, content)];
  return findings.length === 0 ? [ok(path)] : findings;
}

function modeFindings(path: string, holdsSecrets: boolean): readonly Finding[] {
  const { mode, uid } = statSync(path);
  if (holdsSecrets && process.getuid !== undefined && uid !== process.getuid()) {
    const owner = uid === 0 ? 'root' : `user ${uid}`;
    return [
      problem(
        `${path} belongs to ${owner}.`,
        `Make it yours: sudo chown ${process.getuid()} ${path}`,
      ),
    ];
  }
  if (!holdsSecrets || process.platform === 'win32' || (mode & 0o077) === 0) return [];
  return [
    hint(
      `Other users can read or change ${path}: its mode is ${(mode & 0o777).toString(8)}.`,
      `Protect it: chmod 600 ${path}`,
    ),
  ];
}

const byteOrderMark = '\u00ef\u00bb\u00bf';

function contentFindings(path: string, content: string): readonly Finding[] {
  const findings: Finding[] = [];
  const blocked = 'The AWS CLI cannot read this file.';
  const marked = content.startsWith(byteOrderMark);
  if (marked) {
    findings.push(
      problem(`${path} begins with a byte order mark. ${blocked}`, 'Save it as UTF-8 without one.'),
    );
  }
  const seen = new Map<string, number>();
  let inSection = false;
  /** The indent of the setting before, which a deeper line continues. */
  let indent: number | undefined;
  const lines = content.slice(marked ? byteOrderMark.length : 0).split(/\r\n|\r|\n/);
  lines.forEach((line, index) => {
    const number = index + 1;
    const text = trimInPython(line);
    if (text === '' || /^[#;]/.test(text)) return;
    if (indent !== undefined && indentInPython(line) > indent) return;
    const section = headerInPython(text);
    if (section !== undefined) {
      const before = seen.get(section);
      if (before === undefined) seen.set(section, number);
      else {
        findings.push(
          problem(
            `${path}: section [${section}] is on line ${before} and again on line ${number}. ${blocked}`,
            'Merge the two sections.',
          ),
        );
      }
      inSection = true;
      indent = undefined;
    } else if (inSection && /^[^=:]+[=:]/.test(text)) indent = indentInPython(line);
    else {
      findings.push(
        problem(
          `${path}: line ${number} is not a section, setting or comment. ${blocked}`,
          'Fix that line, or make it a comment.',
        ),
      );
    }
  });
  return findings;
}
