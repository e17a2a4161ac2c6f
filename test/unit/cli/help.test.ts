import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, it } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import { createProgram } from '../../../src/cli/program.ts';

function helpOf(find: (program: Command) => Command): string {
  const stdout = new PassThrough();
  const program = createProgram({ version: '0', shell: { stdout } } as unknown as Context);
  find(program).outputHelp();
  return String(stdout.read());
}

const program = createProgram({ version: '0', shell: {} } as unknown as Context);

/** The words of each command that its parent's help names, with the command. */
function commandsBelow(parent: Command, path = ''): (readonly [string, Command])[] {
  const help = parent.createHelp();
  const shown = help.visibleCommands(parent).filter((command) => command.name() !== 'help');
  return shown.flatMap((command) => {
    const words = `${path} ${command.name()}`.trim();
    return [[words, command] as const, ...commandsBelow(command, words)];
  });
}

it('names every command of this version and no other, and each has its own help', () => {
  const found = commandsBelow(program);
  for (const [words, command] of found) {
    expect(command.helpInformation()).toMatch(new RegExp(`^Usage: stint ${words}\\b`));
  }
  expect(found.map(([words]) => words).sort()).toEqual([
    'agent',
    'agent install',
    'agent start',
    'agent status',
    'agent stop',
    'agent uninstall',
    'completion',
    'console',
    'credentials',
    'doctor',
    'env',
    'exec',
    'export',
    'extend',
    'history',
    'history export',
    'history verify',
    'idp',
    'idp add',
    'idp edit',
    'idp list',
    'idp remove',
    'import',
    'integration',
    'integration add',
    'integration add awsSso',
    'integration add azure',
    'integration edit',
    'integration list',
    'integration login',
    'integration logout',
    'integration remove',
    'integration show',
    'integration sync',
    'lock',
    'passphrase',
    'profile',
    'profile list',
    'profile publish',
    'profile rename',
    'profile unpublish',
    'prompt',
    'prompt answer',
    'prompt cancel',
    'prompt list',
    'rotate',
    'session',
    'session add',
    'session add awsIamRoleChained',
    'session add awsIamRoleFederated',
    'session add awsIamUser',
    'session add awsSsoRole',
    'session add azure',
    'session edit',
    'session forget',
    'session hide',
    'session list',
    'session remove',
    'session restore',
    'session rotate-keys',
    'session show',
    'session unhide',
    'settings',
    'settings get',
    'settings regions',
    'settings set',
    'settings unset',
    'start',
    'stop',
    'support-bundle',
    'token',
    'token create',
    'token list',
    'token reset-key',
    'token revoke',
    'token verify',
    'ui',
    'unlock',
    'version',
    'whoami',
  ]);
});

it.each(commandsBelow(program).map(([words]) => words))('help has examples: %s', (words) => {
  const help = helpOf((root) =>
    words
      .split(' ')
      .reduce(
        (command, name) => command.commands.find((one) => one.name() === name) ?? command,
        root,
      ),
  );
  expect(help).toContain('Examples:');
  expect(help).toContain(`stint ${words.split(' ')[0] ?? ''}`);
});

it('all commands fit on one screen of 60 lines', () => {
  const lines = helpOf((root) => root)
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
});
