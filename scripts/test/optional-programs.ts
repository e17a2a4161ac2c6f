import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from './prerequisites.ts';

/** Programs that not every system has, even every Debian: tests that need them are not run without. */
interface OptionalProgram {
  readonly what: string;
  /** The Debian packages; none where Debian does not have it. */
  readonly packages: readonly string[];
  /** The command that installs it where Debian does not have it. */
  readonly install?: string;
  /** The tests that need it. */
  readonly tests: string;
  readonly there: () => boolean;
}

/** Where Debian's package simplesamlphp has its pages. */
export const simpleSamlPages = '/usr/share/simplesamlphp/www';

/** SimpleSAMLphp from Debian, and PHP to run it, with the modules that its package does not bring. */
export function hasSimpleSaml(): boolean {
  const modules = `exit(extension_loaded('dom') && extension_loaded('mbstring') ? 0 : 1);`;
  const php = () => spawnSync('php', ['-r', modules], { stdio: 'ignore' }).status === 0;
  return existsSync(simpleSamlPages) && php();
}

/** moto, another stand-in for AWS, as a server. */
export function hasMoto(): boolean {
  return onPath('moto_server');
}

/** What checks the rules of Prometheus. */
export function hasPromtool(): boolean {
  return onPath('promtool');
}

/** Debian's Firefox. */
export function hasFirefox(): boolean {
  return onPath('firefox-esr');
}

const optionalPrograms: readonly OptionalProgram[] = [
  {
    what: 'promtool',
    packages: ['prometheus'],
    tests: 'test/contract/metrics-files.test.ts',
    there: hasPromtool,
  },
  {
    what: 'SimpleSAMLphp and PHP',
    packages: ['simplesamlphp', 'php-cli', 'php-xml', 'php-mbstring'],
    tests: 'test/e2e/sign-in/simplesamlphp.test.ts',
    there: hasSimpleSaml,
  },
  {
    what: 'Firefox',
    packages: ['firefox-esr'],
    tests: 'test/e2e/window/firefox.test.ts',
    there: hasFirefox,
  },
  {
    what: 'moto_server',
    packages: [],
    install: "python3 -m pip install 'moto[server]'",
    tests: 'test/integration/access-keys/moto.test.ts',
    there: hasMoto,
  },
];

/** As root on Debian, installs what is missing, where Debian has it. Never throws. */
export function installOptionalPrograms(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  for (const { packages } of optionalPrograms.filter(({ there }) => !there())) {
    if (packages.length === 0) continue;
    // RUNLEVEL: the service that a package brings does not start (invoke-rc.d(8)).
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    const args = ['-qq', 'install', '-y', '--no-install-recommends', ...packages];
    try {
      execFileSync('apt-get', args, { env, stdio: 'ignore' });
    } catch {
      // It is named as not run.
    }
  }
}

/** The tests that are not run on this machine, and what they need, as sentences. */
export function notRunSentences(
  programs: readonly OptionalProgram[] = optionalPrograms,
): readonly string[] {
  return programs
    .filter(({ there }) => !there())
    .map(
      ({ tests, what, packages, install }) =>
        `not run: ${tests}, which needs ${what} (${install ?? `Debian: ${packages.join(', ')}`})`,
    );
}
