import {
  headerInJavaScript,
  headerInPython,
  indentInPython,
  trimInPython,
} from '../../models/aws-file-line.ts';

/*
 * Reads the settings of `[default]` as botocore does (configparser, then `build_profile_map`), and
 * writes them without the file's own indentation, so that every reader finds them in a new section.
 */

/** A setting and the deeper lines below it, all without blanks at their ends. */
interface Setting {
  /** In lower case. */
  readonly key: string;
  readonly first: string;
  readonly deeper: string[];
}

/** The lines (latin1) of the settings of `[default]` for which `isWanted` is true of the key. */
export function defaultSettings(
  config: string,
  isWanted: (key: string) => boolean,
): readonly string[] {
  return (
    [...sectionOfDefault(config).values()]
      // JavaScript strips a byte order mark there too.
      .filter(({ key }) => isWanted(key.replace(/^\xef\xbb\xbf/, '')))
      .filter((setting) => !breaksOutInJavaScript(setting, isWanted))
      .flatMap(({ first, deeper }) => [
        first,
        ...deeper.map((line) => (line === '' ? '' : `  ${line}`)),
      ])
  );
}

/**
 * Below a setting with a value, the AWS SDK for JavaScript reads deeper lines as settings of their
 * own, and a header anywhere. For botocore they only continue the value.
 */
function breaksOutInJavaScript(
  { first, deeper }: Setting,
  isWanted: (key: string) => boolean,
): boolean {
  return deeper.some(
    (line) =>
      headerInJavaScript(line) !== undefined ||
      (!first.endsWith('=') && !isWanted(trimInPython(line.replace(/=.*/, '')).toLowerCase())),
  );
}

/**
 * With `[default]` and `[profile default]` in one file, botocore takes the one that begins last and
 * nothing of the other.
 */
function sectionOfDefault(config: string): ReadonlyMap<string, Setting> {
  const sections = sectionsOf(config);
  const name = [...sections.keys()].findLast(isDefault);
  return sections.get(name ?? '') ?? new Map();
}

/** The sections by their headers, in the order in which they begin. */
function sectionsOf(config: string): ReadonlyMap<string, ReadonlyMap<string, Setting>> {
  const sections = new Map<string, Map<string, Setting>>();
  let section: Map<string, Setting> | undefined;
  let setting: Setting | undefined;
  let indent = 0;
  for (const line of config.replace(/^\xef\xbb\xbf/, '').split(/\r\n|\n|\r/)) {
    const text = trimInPython(line);
    if (/^[#;]/.test(text)) continue;
    if (text === '') {
      setting?.deeper.push('');
      continue;
    }
    const lineIndent = indentInPython(line);
    if (setting !== undefined && lineIndent > indent) {
      setting.deeper.push(text);
      continue;
    }
    indent = lineIndent;
    const header = headerInPython(text);
    if (header !== undefined) {
      section = sections.get(header) ?? new Map<string, Setting>();
      sections.set(header, section);
      setting = undefined;
    } else {
      setting = settingOf(text) ?? setting;
      if (setting?.first === text) section?.set(setting.key, setting);
    }
  }
  for (const { deeper } of [...sections.values()].flatMap((found) => [...found.values()])) {
    while (deeper.at(-1) === '') deeper.pop();
  }
  return sections;
}

function settingOf(text: string): Setting | undefined {
  const delimiter = text.search(/[=:]/);
  if (delimiter <= 0) return undefined;
  const key = trimInPython(text.slice(0, delimiter)).toLowerCase();
  return { key, first: text, deeper: [] };
}

/** `[profile "default"]` and the like are split as a shell would (Python's shlex), for which only spaces and tabs are blanks. */
function isDefault(header: string): boolean {
  return header === 'default' || /^profile[ \t]+(["']?)default\1[ \t]*$/.test(header);
}
