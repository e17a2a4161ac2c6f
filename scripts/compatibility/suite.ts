import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mirror = 'http://deb.debian.org/debian';

/** Debian's clients, in groups: one that a suite lacks does not keep the others away. */
const packages: readonly (readonly string[])[] = [
  ['ca-certificates', 'awscli', 'python3-boto3', 'ruby-aws-sdk-core'],
  ['rclone', 'restic', 's3cmd', 's4cmd'],
  ['duplicity', 'hugo'],
  ['docker-registry'],
  ['golang-go', 'golang-github-aws-aws-sdk-go-v2-dev'],
  ['golang-github-aws-aws-sdk-go-dev'],
  ['ansible'],
  ['azure-cli', 'python3-azure'],
];

const folderOf = (cache: string, suite: string) => join(cache, 'suites', suite);

/**
 * Makes a Debian suite in the cache with `debootstrap` and installs the clients. Needs root.
 * Returns the groups that the suite does not have.
 */
export async function prepareSuite(cache: string, suite: string): Promise<readonly string[]> {
  const folder = folderOf(cache, suite);
  if (!existsSync(join(folder, 'usr', 'bin', 'apt-get'))) {
    await mkdir(folder, { recursive: true });
    await run('debootstrap', ['--variant=minbase', suite, folder, mirror]);
  }
  // No service starts, and nothing is written for people to read.
  const policy = join(folder, 'usr', 'sbin', 'policy-rc.d');
  await writeFile(policy, '#!/bin/sh\nexit 101\n');
  await chmod(policy, 0o755);
  const lean = ['doc', 'man', 'locale'].map((kind) => `path-exclude /usr/share/${kind}/*\n`);
  await writeFile(join(folder, 'etc', 'dpkg', 'dpkg.cfg.d', 'lean'), lean.join(''));
  await copyFile('/etc/resolv.conf', join(folder, 'etc', 'resolv.conf'));
  const apt = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '--quiet=2'];
  await run('chroot', [folder, ...apt, 'update']);
  const missing: string[] = [];
  for (const group of packages) {
    const install = [...apt, 'install', '--yes', '--no-install-recommends', ...group];
    await run('chroot', [folder, ...install], { maxBuffer: 1 << 28 }).catch(() =>
      missing.push(`${group.join(', ')} (${suite})`),
    );
  }
  return missing;
}

/**
 * The line that runs `line` in the suite, where the folders of `shared` are under the same names. The
 * mounts are in a mount namespace of this one program: nothing is left of them after it.
 */
export function lineInSuite(
  cache: string,
  suite: string,
  shared: readonly string[],
  line: readonly string[],
): readonly string[] {
  const enter = [
    'root=$1; shift',
    'while [ "$1" != -- ]; do mkdir -p "$root$1"; mount --rbind "$1" "$root$1" || exit 1; shift; done; shift',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin exec chroot "$root" "$@"',
  ].join('\n');
  const folders = ['/proc', '/dev', ...shared, '--'];
  const isolated = ['unshare', '--mount', '--propagation', 'private'];
  return [...isolated, 'sh', '-c', enter, 'sh', folderOf(cache, suite), ...folders, ...line];
}
