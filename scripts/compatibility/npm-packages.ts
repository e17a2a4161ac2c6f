import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The npm clients and the versions that the page compares: change them here alone. */
export const npmVersions = {
  'aws-sdk': ['2.1693.0'],
  '@aws-sdk/client-sts': ['3.100.0', '3.370.0', '3.556.0', '3.1177.0'],
  'aws-cdk': ['2.1148.1'],
  osls: ['4.3.1'],
  serverless: ['3.40.0'],
  '@azure/identity': ['4.5.0', '4.9.1', '4.10.2', '4.13.1', '4.14.1'],
  '@azure/arm-resources-subscriptions': ['2.1.1', '3.0.0'],
} as const;
export type NpmClient = keyof typeof npmVersions;

/** What a client does not bring itself. */
const companions: Readonly<Partial<Record<NpmClient, readonly string[]>>> = {
  '@azure/arm-resources-subscriptions': ['@azure/identity@4.14.1'],
};

/** Where the package of that version is, or would be. */
function folderOf(cache: string, name: string, version: string): string {
  return join(cache, 'npm', `${name.replace(/^@/, '').replace('/', '-')}-${version}`);
}

/** The folder that the package can be required from; undefined where it is not installed. */
export function npmFolder(cache: string, name: string, version: string): string | undefined {
  const folder = folderOf(cache, name, version);
  return existsSync(join(folder, 'node_modules', name, 'package.json')) ? folder : undefined;
}

/** Installs what is missing, never into the project. Returns what the registry did not give. */
export async function installNpmClients(cache: string): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const [name, versions] of Object.entries(npmVersions)) {
    for (const version of versions) {
      if (npmFolder(cache, name, version) !== undefined) continue;
      const folder = folderOf(cache, name, version);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), '{"private":true}');
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
      const packages = [`${name}@${version}`, ...(companions[name as NpmClient] ?? [])];
      await promisify(execFile)('npm', ['install', ...flags, ...packages], { cwd: folder }).catch(
        () => failed.push(`${name} ${version} (npm)`),
      );
    }
  }
  return failed;
}
