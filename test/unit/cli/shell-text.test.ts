import { execFileSync } from 'node:child_process';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { environmentText, usualShell, type ShellName } from '../../../src/cli/lease/shell-text.ts';

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
  const printed = execFileSync(program, [...args, file, process.execPath, show], {
    encoding: 'utf8',
    // bash takes a socket for a remote login, and reads its start-up files.
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], GONE: 'still there' },
  });
  return JSON.parse(printed) as (string | null)[];
}

const posix = ['-c', 'eval "$(cat "$1"; echo x)" 2>/dev/null; "$2" -e "$3"', 'sh'];
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
        expect(['zsh', 'fish', 'pwsh']).toContain(program);
        return;
      }
      fc.assert(
        fc.property(values, (given) => {
          const names = given.map((_value, index) => `VALUE_${index}`);
          const set = Object.fromEntries(given.map((one, index) => [names[index] ?? '', one]));
          const unset = shell === 'dotenv' ? [] : ['GONE', 'NEVER_THERE'];
          const seen = seenBy(program, args, environmentText(shell, { set, unset }), [
            ...names,
            'GONE',
          ]);
          expect(seen).toEqual([...given, shell === 'dotenv' ? 'still there' : null]);
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );

  it('for PowerShell doubles every kind of single quote', () => {
    const text = environmentText('powershell', { set: { A: "it's ‘so’" }, unset: ['B'] });
    expect(text).toBe("Remove-Item -ErrorAction SilentlyContinue Env:B\n$Env:A = 'it''s ‘‘so’’'\n");
  });

  it('for fish escapes what is special in its quotes', () => {
    const text = environmentText('fish', { set: { A: String.raw`it's \ $x` }, unset: ['B'] });
    expect(text).toBe('set -e B\n' + String.raw`set -gx A 'it\'s \\ $x'` + '\n');
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

  it('is for the shell that SHELL names, where it is one of ours', () => {
    expect(usualShell({ SHELL: '/usr/bin/fish' }, 'linux')).toBe('fish');
    expect(usualShell({ SHELL: '/bin/zsh' }, 'darwin')).toBe('zsh');
    expect(usualShell({ SHELL: '/bin/ksh' }, 'linux')).toBe('bash');
    expect(usualShell({}, 'win32')).toBe('powershell');
  });
});
