import { readFileSync } from 'node:fs';
import { headerInPython, indentInPython, trimInPython } from '../../models/aws-file-line.ts';

/** A profile of an AWS file, without any secret. */
export interface AwsProfile {
  readonly name: string;
  /** Of its header, from 1. */
  readonly line: number;
  /** The names of its settings, in lower case. */
  readonly settings: ReadonlySet<string>;
  readonly credentialProcess?: string | undefined;
  /** The session of the comment that Stint puts into its sections. */
  readonly sessionId?: string | undefined;
}

export interface AwsProfiles {
  readonly path: string;
  readonly profiles: readonly AwsProfile[];
}

/** `isConfig`: profiles other than the default one have `profile` before their name. No file has none. */
export function readAwsProfiles(path: string, isConfig: boolean): AwsProfiles {
  let text;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    return { path, profiles: [] };
  }
  return { path, profiles: profilesIn(text, isConfig) };
}

interface Draft {
  name: string;
  line: number;
  settings: Set<string>;
  credentialProcess?: string;
  sessionId?: string;
}

export function profilesIn(text: string, isConfig: boolean): readonly AwsProfile[] {
  const found: Draft[] = [];
  let current: Draft | undefined;
  let indent: number | undefined;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const trimmed = trimInPython(line);
    const sessionId = /^[#;] ?Stint session ([\w-]+)\b/.exec(trimmed)?.[1];
    if (sessionId !== undefined && current !== undefined) current.sessionId = sessionId;
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    if (indent !== undefined && indentInPython(line) > indent) continue;
    const header = headerInPython(trimmed);
    if (header !== undefined) {
      const name = profileName(header, isConfig);
      indent = undefined;
      current = name === undefined ? undefined : { name, line: index + 1, settings: new Set() };
      if (current !== undefined) found.push(current);
      continue;
    }
    indent = indentInPython(line);
    const [, key = '', value = ''] = /^([^=:]+)[=:](.*)$/.exec(trimmed) ?? [];
    const name = key.trim().toLowerCase();
    if (name === '' || current === undefined) continue;
    current.settings.add(name);
    if (name === 'credential_process') current.credentialProcess = fromLatin1(value).trim();
  }
  return found;
}

/** Undefined for a section of the config file other than a profile, such as an sso-session. */
function profileName(header: string, isConfig: boolean): string | undefined {
  const name = fromLatin1(header).trim();
  if (!isConfig || name === 'default') return name;
  const named = /^profile\s+(?:"(.*)"|'(.*)'|(.*))$/.exec(name);
  return named === null ? undefined : (named[1] ?? named[2] ?? named[3]);
}

function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
