import { describe, expect, it } from 'vitest';
import { bashReplacement, readBashLine } from '../../../src/cli/completion/bash-line.ts';
import { beginning, wanted } from '../../../src/cli/completion/completions.ts';
import { completedShells, completionScripts } from '../../../src/cli/completion/scripts.ts';
import { readCompletions } from '../../../src/cli/completion/read-commands.ts';

const { program } = readCompletions();
const fits = (...words: readonly string[]) =>
  wanted(program, words.slice(0, -1), words.at(-1) ?? '');
const values = (...words: readonly string[]) => {
  const found = fits(...words);
  if (found.kind !== 'fixed') return found;
  return beginning(found.candidates, words.at(-1) ?? '').map(({ value }) => value);
};

describe('what fits at the end of a line', () => {
  it('is a command, then a command below it', () => {
    expect(values('st')).toEqual(['start', 'stop']);
    expect(values('prompt', '')).toEqual(['list', 'answer', 'cancel', 'help']);
  });

  it('is a flag of that command, or one for all', () => {
    expect(values('history', '--k')).toEqual(['--kind']);
    expect(values('history', '--verb')).toEqual(['--verbose']);
    expect(values('prompt', 'list', '--kind')).toEqual([]);
  });

  it('is a value of the flag before it', () => {
    expect(values('env', '--shell', 'po')).toEqual(['powershell']);
    expect(values('env', '--shell=po')).toMatchObject(['--shell=powershell']);
    expect(fits('history', '--session', '')).toEqual({ kind: 'live', live: 'sessions' });
    expect(fits('history', '--kind', '')).toEqual({ kind: 'live', live: 'history-kinds' });
  });

  it('is a name where the command takes one', () => {
    for (const [words, live] of [
      [['start', 'one', ''], 'sessions'],
      [['stop', ''], 'active-sessions'],
      [['session', 'show', ''], 'sessions'],
      [['exec', '--no-start', ''], 'sessions'],
      [['integration', 'sync', ''], 'integrations'],
      [['idp', 'remove', ''], 'identity-providers'],
      [['settings', 'set', ''], 'settings'],
      [['prompt', 'answer', ''], 'prompts'],
    ] as const) {
      expect([words, fits(...words)]).toEqual([words, { kind: 'live', live }]);
    }
    expect(values('prompt', 'list', '')).toEqual([]);
  });

  it('is a file for the program that exec runs', () => {
    expect(fits('exec', 'payments', '--', 'terraform', '')).toEqual({ kind: 'files' });
  });

  it('begins with what is typed, in any case and any spelling of Unicode', () => {
    const names = ['Åsa', 'anna', 'Billing'].map((value) => ({ value }));
    expect(beginning(names, 'a\u030a')).toEqual([{ value: 'Åsa' }]);
    expect(beginning(names, 'bil')).toEqual([{ value: 'Billing' }]);
  });
});

describe('a line of bash', () => {
  it('is read with its quotes, and completed in the quote that is open', () => {
    for (const [line, current, replacement] of [
      ['stint start Bil', 'Bil', String.raw`Billing\ \(a\ \'b\'\)`],
      [String.raw`stint start Billing\ `, 'Billing ', String.raw`Billing\ \(a\ \'b\'\)`],
      ["stint start 'Bil", 'Bil', String.raw`Billing (a '\''b'\'')`],
      ['stint start "Bil', 'Bil', "Billing (a 'b')"],
    ] as const) {
      const read = readBashLine(line);
      expect([line, read.before, read.current]).toEqual([line, ['stint', 'start'], current]);
      expect(bashReplacement(read, "Billing (a 'b')")).toBe(replacement);
    }
  });

  it('is replaced from the last of the characters at which bash breaks words', () => {
    expect(bashReplacement(readBashLine('stint start a:b'), 'a:b c')).toBe(String.raw`b\ c`);
    expect(bashReplacement(readBashLine('stint env --shell=z'), '--shell=zsh')).toBe('zsh');
  });
});

describe('the scripts', () => {
  it('ask for the names in the language of each shell', () => {
    for (const shell of completedShells) {
      expect(completionScripts[shell]).toContain(`stint __complete ${shell} `);
    }
  });
});
