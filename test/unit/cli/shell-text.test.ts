import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { environmentText, type ShellName } from '../../../src/cli/lease/shell-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-shell-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Whatever an environment can hold: anything but NUL. */
const value = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replaceAll('\0', ''));
const nasty = fc.oneof(
  value,
  fc.constantFrom(
    "'",
    "''",
    '"',
    '\\',
    "\\'",
    '$HOME',
    '$(id)',
    '`id`',
    '!!',
    '\n',
    'a\nb',
    ' ',
    '*',
    '~',
    '%PATH%',
    '#',
    ';',
    '\r',
    '’',
    '-n',
    '=',
    'é漢😀',
  ),
);
const values = fc.array(
  fc.tuple(nasty, nasty).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 8 },
);

/** What a program started by that shell finds, after the text was taken in as `load` says. */
function seenBy(program: string, args: readonly string[], text: string, names: readonly string[]) {
  const file = join(folder, 'text');
  writeFileSync(file, text);
  const show = `process.stdout.write(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name] ?? null)))`;
  const { stdout, stderr } = spawnSync(program, [...args, file, process.execPath, show], {
    encoding: 'utf8',
    // bash takes a socket for a remote login, and reads its start-up files.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], GONE: 'still there' },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as (string | null)[];
}

const posix = ['-c', 'set -eu; eval "$(cat "$1"; echo :)"; "$2" -e "$3"', 'sh'];
const installed = (program: string) => {
  try {
    execFileSync(program, ['-c', 'exit 0'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Each with the text it takes in, and how. */
const readers: readonly (readonly [ShellName, string, readonly string[]])[] = [
  ['bash', 'bash', posix],
  ['bash', 'dash', posix],
  ['zsh', 'zsh', posix],
  // eval "`…`" and a file that is sourced are read alike.
  ['tcsh', 'tcsh', ['-fc', 'eval "`cat $1:q`"; $2:q -e $3:q']],
  ['fish', 'fish', ['-c', 'source $argv[1]; $argv[2] -e $argv[3]']],
  [
    'powershell',
    'pwsh',
    [
      '-NoProfile',
      '-Command',
      '& { param($f, $n, $s) . ([scriptblock]::Create((Get-Content -Raw $f))); & $n -e $s }',
    ],
  ],
  ['dotenv', 'bash', ['-c', 'set -a; . "$1"; "$2" -e "$3"', 'sh']],
];

describe('what stint env prints', () => {
  it.each(readers)(
    'for %s gives the real %s exactly these values',
    (shell, program, args) => {
      if (!installed(program)) {
        // bash and dash are everywhere; of the others, those that are there.
        expect(['zsh', 'fish', 'tcsh', 'pwsh']).toContain(program);
        return;
      }
      fc.assert(
        fc.property(values, (any) => {
          // tcsh can hold one line, and reads bytes of other scripts by its locale.
          const given =
            shell === 'tcsh' ? any.map((one) => one.replaceAll(/[^\x20-\x7e]/g, '')) : any;
          const names = given.map((_value, index) => `VALUE_${index}`);
          const set = Object.fromEntries(given.map((one, index) => [names[index] ?? '', one]));
          const unset = shell === 'dotenv' ? [] : ['GONE', 'NEVER_THERE'];
          const seen = seenBy(program, args, environmentText(shell, { set, unset }), [
            ...names,
            'GONE',
          ]);
          expect(seen).toEqual([...given, shell === 'dotenv' ? 'still there' : null]);
        }),
        { numRuns: program === 'bash' ? 40 : 12 },
      );
    },
    // Each value is read by another shell and another Node.
    300_000,
  );

  it('for PowerShell doubles every kind of single quote', () => {
    const text = environmentText('powershell', { set: { A: "it's ‘so’" }, unset: ['B'] });
    expect(text).toBe("Remove-Item -ErrorAction SilentlyContinue Env:B\n$Env:A = 'it''s ‘‘so’’'\n");
  });

  it('for fish is the text that POSIX shells read too, but for values of several lines', () => {
    const text = environmentText('fish', {
      set: { A: String.raw`it's \ $x`, B: 'a\nb' },
      unset: ['C'],
    });
    expect(text.split('\n').slice(2)).toEqual([
      'test -n "$FISH_VERSION" && set -e C',
      String.raw`export A='it'\''s '\\' $x'`,
      `test -n "$FISH_VERSION" && set -gx B 'a`,
      `b'`,
      '',
    ]);
  });

  it('as JSON tells what has to go as null', () => {
    const set = { A: 'a"\n' };
    expect(JSON.parse(environmentText('json', { set, unset: ['B'] }))).toEqual({
      A: 'a"\n',
      B: null,
    });
  });

  it('for docker is one plain line each, or refused', () => {
    expect(environmentText('docker', { set: { A: `"'$ a` }, unset: ['B'] })).toBe(`A="'$ a\n`);
    expect(() => environmentText('docker', { set: { A: 'a\nb' }, unset: [] })).toThrow(
      'several lines',
    );
  });

  it('for tcsh is one line for each variable, or refused', () => {
    expect(() => environmentText('tcsh', { set: { A: 'a\nb' }, unset: [] })).toThrow(
      'A has several lines, which tcsh cannot hold.',
    );
  });
});

describe('a text that reaches another shell than its own', () => {
  const token = 'secret-of-the-lease';
  const text = (shell: ShellName) =>
    environmentText(shell, {
      set: { AWS_CONTAINER_AUTHORIZATION_TOKEN: token, HOME_OF_ANNA: String.raw`C:\it's` },
      unset: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    });
  const evaluate: Readonly<Record<string, string>> = {
    bash: 'eval "$(cat text)"',
    dash: 'eval "$(cat text)"',
    mksh: 'eval "$(cat text)"',
    zsh: 'eval "$(cat text)"',
    fish: 'source text',
    tcsh: 'eval "`cat text`"',
  };
  const pairs = (['bash', 'fish', 'tcsh'] as const).flatMap((shell) =>
    Object.keys(evaluate)
      .filter(installed)
      .map((program) => [shell, program] as const),
  );

  it.each(pairs)(
    'leaves no key of before, traces nothing and shows no token (%s in %s)',
    (shell, program) => {
      writeFileSync(join(folder, 'text'), text(shell));
      const { stdout, stderr } = spawnSync(
        program,
        // Without start-up files.
        [program === 'tcsh' ? '-fc' : '-c', `${evaluate[program] ?? ''}; false; env`],
        {
          cwd: folder,
          encoding: 'utf8',
          env: {
            PATH: process.env['PATH'],
            AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
            AWS_SECRET_ACCESS_KEY: 'of-before',
          },
        },
      );
      expect(stdout).not.toMatch(/AKIAIOSFODNN7EXAMPLE|of-before/);
      expect(stderr).not.toContain(token);
      expect(stderr).not.toMatch(/^\+/m);
      // tcsh gives up at the first word it does not know.
      if (program !== 'tcsh') expect(stdout).toMatch(/^PATH=/m);
    },
  );

  it.each(['bash', 'dash', 'zsh', 'fish'].filter(installed))(
    'sets %s up, whether it is the one of bash or of fish',
    (program) => {
      for (const shell of ['bash', 'fish'] as const) {
        writeFileSync(join(folder, 'text'), text(shell));
        const ran = execFileSync(program, ['-c', `${evaluate[program] ?? ''}; env`], {
          cwd: folder,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          env: { PATH: process.env['PATH'] },
        });
        expect(ran).toContain(`AWS_CONTAINER_AUTHORIZATION_TOKEN=${token}\n`);
        expect(ran).toContain(String.raw`HOME_OF_ANNA=C:\it's`);
      }
    },
  );
});
