import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ancestors, tableOf } from '../../../src/cli/environment/ancestors.ts';
import { askingShell } from '../../../src/cli/lease/asking-shell.ts';

/** The nearest first; each with its program and, after a slash, what it calls itself. */
const above = (...processes: readonly string[]) =>
  processes.map((one) => ({ names: one.split('/') }));

describe('the shell that asks', () => {
  it.each([
    [
      'fish, started in a login shell of bash',
      above('fish', 'bash'),
      { SHELL: '/bin/bash' },
      'fish',
    ],
    [
      'bash, under a login shell of fish',
      above('bash', 'fish'),
      { SHELL: '/usr/bin/fish' },
      'bash',
    ],
    ['a script, by its interpreter', above('zsh/deploy.sh', 'fish'), {}, 'zsh'],
    ['the one above a program of another kind', above('node', 'python3.13', 'tcsh'), {}, 'tcsh'],
    ['any POSIX shell', above('mksh'), { SHELL: '/usr/bin/fish' }, 'bash'],
    ['busybox, by the name it is called by', above('busybox/ash'), {}, 'bash'],
    ['a login shell on macOS', above('-zsh'), {}, 'zsh'],
    ['one with its version in its name', above('zsh-5.9'), {}, 'zsh'],
    ['one that a package wraps', above('.fish-wrapped'), {}, 'fish'],
    ['SHELL, if no shell is above', above('make', 'systemd'), { SHELL: '/usr/bin/fish' }, 'fish'],
    ['bash, if nothing says another', above('cron'), {}, 'bash'],
  ] as const)('is %s', (_what, processes, env, shell) => {
    expect(askingShell(processes, env, 'linux')).toBe(shell);
  });

  it('is PowerShell on Windows, unless another one asks', () => {
    expect(askingShell(above('pwsh.exe'), {}, 'win32')).toBe('powershell');
    expect(askingShell(above('cmd.exe'), {}, 'win32')).toBe('powershell');
    expect(askingShell(above('bash.exe'), {}, 'win32')).toBe('bash');
  });

  it.each(['elvish', 'nu', 'xonsh'])('is refused if it is %s, with the list', (name) => {
    const refused = () => askingShell(above(name), { SHELL: '/bin/bash' }, 'linux');
    expect(refused).toThrow(
      `${name} is not supported by stint env. It knows bash, zsh, fish, tcsh`,
    );
    expect(() => askingShell([], { SHELL: `/bin/${name}` }, 'linux')).toThrow('not supported');
  });
});

describe('the processes above this one', () => {
  it.runIf(process.platform === 'linux')('have the names of their programs on Linux', () => {
    const [parent] = ancestors('linux');
    expect(parent?.names.length).toBe(2);
    expect([...ancestors('linux')].length).toBeLessThanOrEqual(6);
  });

  it('are read from the list of ps elsewhere', () => {
    const table = tableOf(
      '    1     0 /sbin/launchd\n  501     1 -zsh\n  777   501 /opt/my shells/fish\n',
    );
    expect(table.get(777)).toEqual({ names: ['fish'], parent: 501 });
    expect(table.get(501)).toEqual({ names: ['-zsh'], parent: 1 });
  });

  it.runIf(process.platform !== 'win32')('are in the list of the real ps', () => {
    const printed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
    expect(tableOf(printed).get(process.pid)?.parent).toBe(process.ppid);
  });
});
