import type { Command } from 'commander';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import { createProgram } from '../../../src/cli/program.ts';

/*
 * Every `stint …` in the documentation is a command that exists, with options that exist. Nothing is
 * run: the program is only asked what it knows.
 */

const root = join(import.meta.dirname, '..', '..', '..');
const pages = globSync(['*.md', 'docs/*.md', 'practice-cloud/*.md'], { cwd: root })
  .filter((page) => page !== 'docs/api.md')
  .toSorted();

// What a command does with its context is not called.
const program = createProgram({ version: '0', shell: {}, endWith() {} } as unknown as Context);

function commandsIn(page: string): readonly string[] {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/\\\n\s*/g, ' ');
  const blocks = text.match(/^```\w*\n.*?^```$|^ {4}\S.*$/gms) ?? [];
  const inline = text.replaceAll(/^```.*?^```$/gms, '').match(/`[^`\n]+`/g) ?? [];
  return [...blocks.flatMap((block) => block.split('\n')), ...inline].flatMap((line) =>
    Array.from(line.matchAll(/(?<![\w./-]|cd |const )stint ([^`#|)"]+)/g), ([, words = '']) =>
      words.trim(),
    ),
  );
}

/** What is wrong with the command, or undefined. */
function mistakeIn(words: string): string | undefined {
  let command: Command = program;
  let isValue = false;
  for (const word of words.split(/\s+/)) {
    if (word === '--') return undefined;
    if (isValue) {
      isValue = false;
      continue;
    }
    const child = command.commands.find(
      (one) => one.name() === word || one.aliases().includes(word),
    );
    if (child !== undefined) command = child;
    else if (/^--?\w/.test(word)) {
      const flag = word.replace(/[=,.].*$/, '');
      const option = command.options.find(({ long, short }) => flag === long || flag === short);
      isValue = option?.required === true && !word.includes('=');
      const isKnown = option !== undefined || ['--help', '--verbose'].includes(flag);
      if (!isKnown) return `stint ${words}: ${command.name()} has no ${flag}`;
    } else if (command.commands.length > 0 && command.registeredArguments.length === 0) {
      if (!/^(-|[A-Z…]+)$/.test(word)) return `stint ${words}: there is no ${word}`;
    }
  }
  return undefined;
}

describe.each(pages)('%s', (page) => {
  it('names no command or option that does not exist', () => {
    expect(
      commandsIn(page)
        .map(mistakeIn)
        .filter((one) => one !== undefined),
    ).toEqual([]);
  });
});

it('finds the commands of the README', () => {
  expect(commandsIn('README.md')).toContain('stop payments');
  expect(mistakeIn('session add awsIamUser --nme x')).toBe(
    'stint session add awsIamUser --nme x: awsIamUser has no --nme',
  );
  expect(mistakeIn('sesion list')).toBe('stint sesion list: there is no sesion');
});
