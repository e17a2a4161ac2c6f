import { chmod, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry } from '../../src/models/history.ts';

const fixture = join(import.meta.dirname, '..', 'fixtures', 'homes', '178b884');

/** What `test/fixtures/homes/write-178b884.ts` noted about the home it wrote. */
export interface AboutHome {
  /** When everything was killed. */
  readonly at: string;
  readonly folder: string;
  readonly passphrase: string;
  /** The access key of the user of session `anna-dev`. */
  readonly anna: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly roles: readonly { readonly roleArn: string; readonly principals: readonly string[] }[];
  readonly tokens: { readonly shell: string; readonly exec: string; readonly client: string };
  /** Of the session that `stint exec` ran an Azure program with. */
  readonly azureConfigDir: string;
  /** As its API answered, just before. */
  readonly sessions: readonly (Readonly<Record<string, unknown>> & {
    readonly sessionId: string;
    readonly sessionName: string;
    readonly status: string;
    readonly run?: { readonly id: string };
  })[];
  readonly history: readonly HistoryEntry[];
}

export const aboutHome = JSON.parse(
  await readFile(join(fixture, 'about.json'), 'utf8'),
) as AboutHome;

/** Copies the home and the person's own files to where a person's folder is. */
export async function copyHome(folder: string): Promise<void> {
  for (const [from, to] of [
    ['stint', 'stint'],
    ['aws', '.aws'],
    ['azure', '.azure'],
  ] as const) {
    await cp(join(fixture, from), join(folder, to), { recursive: true });
    await makePrivate(join(folder, to));
  }
  for (const name of ['cleanup.json', 'azure-cleanup.json']) {
    const file = join(folder, 'stint', name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(aboutHome.folder, folder));
  }
}

/** A file as the person had it before Stint came, in latin1. */
export async function beforeStint(name: string): Promise<string> {
  return await readFile(join(fixture, 'before', name), 'latin1');
}

/** Git keeps no modes. */
async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    await chmod(path, (await stat(path)).isDirectory() ? 0o700 : 0o600);
  }
}
