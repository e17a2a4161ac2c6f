import { loadSharedConfigFiles } from '@smithy/core/config';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names to settings, which may be nested. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a program sees in a file; undefined if it cannot read it. */
export type Seen = Profiles | undefined;

export type FileKind = 'config' | 'credentials';

const botocore = `
import base64, json, os, sys, tempfile
from botocore.configloader import load_config, raw_config_parse
from botocore.exceptions import ConfigParseError
wanted = json.load(sys.stdin)
path = os.path.join(tempfile.mkdtemp(dir=wanted['folder']), 'file')
def seen(text):
    with open(path, 'wb') as file: file.write(base64.b64decode(text))
    try:
        return load_config(path)['profiles'] if wanted['kind'] == 'config' else raw_config_parse(path)
    except ConfigParseError:
        return None
json.dump([seen(text) for text in wanted['files']], sys.stdout)
`;

/** Whether botocore is on this machine. */
export function hasBotocore(): boolean {
  try {
    execFileSync('python3', ['-c', 'import botocore.configloader'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What botocore sees in each of the files (bytes in latin1). `folder` is for its own files. */
export function asBotocore(
  folder: string,
  kind: FileKind,
  files: readonly string[],
): readonly Seen[] {
  const input = JSON.stringify({
    folder,
    kind,
    files: files.map((file) => Buffer.from(file, 'latin1').toString('base64')),
  });
  const output = execFileSync('python3', ['-X', 'utf8', '-c', botocore], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const seen = JSON.parse(output) as (Profiles | null)[];
  return seen.map((profiles) => profiles ?? undefined);
}

/** What the AWS SDK for JavaScript sees in a file (bytes in latin1). */
export async function asJavaScript(folder: string, kind: FileKind, bytes: string): Promise<Seen> {
  const file = join(folder, `javascript-${kind}`);
  const none = join(folder, 'none');
  await writeFile(file, bytes, 'latin1');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({
    configFilepath: kind === 'config' ? file : none,
    filepath: kind === 'credentials' ? file : none,
    ignoreCache: true,
  });
  return kind === 'config' ? configFile : credentialsFile;
}
