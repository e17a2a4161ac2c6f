import { fromLatin1 } from '../../../delivery/aws-credentials/file/latin1.ts';
import {
  parseAwsFileAt,
  type AwsFile,
  type Section,
} from '../../../delivery/aws-credentials/file/parse.ts';
import { markerOf, settingsIn } from '../../../delivery/aws-credentials/file/section.ts';
import { shellWords } from '../../../delivery/aws-credentials/file/shell-words.ts';
import type { AwsFileKind } from '../../../delivery/delivery.ts';
import type { FileReader } from '../../importer.ts';

/** What the two files say about one profile, as botocore puts them together. */
export interface Profile {
  readonly name: string;
  /** In lower case: the credentials file wins where both have a setting. */
  readonly settings: ReadonlyMap<string, string>;
  /** Where it is, for a person; the credentials file last. */
  readonly source: string;
  /** Where its access keys are. */
  readonly keysFile: string | undefined;
}

/** A section `[sso-session NAME]`. */
export interface SsoSection {
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
  readonly source: string;
}

export interface AwsFiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly ssoSections: ReadonlyMap<string, SsoSection>;
}

/**
 * Reads both files (botocore `Session.full_config`: profiles of the config file, and over them those of
 * the credentials file). Sections that Stint delivered are skipped. Throws Problem 'file-unreadable'
 * naming the line.
 */
export async function readAwsFiles(
  files: Readonly<Record<string, string>>,
  reader: FileReader,
): Promise<AwsFiles> {
  const profiles = new Map<string, Profile>();
  const ssoSections = new Map<string, SsoSection>();
  for (const kind of ['config', 'credentials'] as const) {
    const path = files[kind] ?? '';
    const file = await parsed(path, kind, reader);
    if (file === undefined) continue;
    for (const section of file.sections) {
      if (markerOf(file, section) !== undefined) continue;
      const settings = textsIn(file, section);
      const source = sourceOf(file, section, path);
      for (const bytes of section.profiles) {
        const name = fromLatin1(bytes);
        profiles.set(name, merged(profiles.get(name), { name, settings, source, path }));
      }
      const name = kind === 'config' ? ssoSessionName(section) : undefined;
      if (name !== undefined) ssoSections.set(name, { name, settings, source });
    }
  }
  return { profiles, ssoSections };
}

async function parsed(
  path: string,
  kind: AwsFileKind,
  reader: FileReader,
): Promise<AwsFile | undefined> {
  const text = await reader.latin1(path);
  return text === undefined ? undefined : parseAwsFileAt(path, text, kind);
}

function textsIn(file: AwsFile, section: Section): ReadonlyMap<string, string> {
  return new Map([...settingsIn(file, section)].map(([key, value]) => [key, fromLatin1(value)]));
}

function sourceOf({ lines }: AwsFile, { from }: Section, path: string): string {
  const header = fromLatin1(lines[from]?.text ?? '').trim();
  return `${header}, line ${from + 1} of ${path}`;
}

function merged(
  before: Profile | undefined,
  found: { readonly path: string } & Pick<Profile, 'name' | 'settings' | 'source'>,
): Profile {
  const { name, settings, source, path } = found;
  return {
    name,
    settings: new Map([...(before?.settings ?? []), ...settings]),
    source: before === undefined ? source : `${before.source}; ${source}`,
    keysFile: settings.has('aws_access_key_id') ? path : before?.keysFile,
  };
}

/** botocore `build_profile_map`: two words, of which the first is `sso-session`. */
function ssoSessionName({ names }: Section): string | undefined {
  for (const name of names) {
    const words = shellWords(name) ?? [];
    const [kind, session] = words;
    if (words.length === 2 && kind === 'sso-session' && session !== undefined) {
      return fromLatin1(session);
    }
  }
  return undefined;
}
