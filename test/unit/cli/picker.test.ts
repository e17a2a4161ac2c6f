import { describe, expect, it } from 'vitest';
import { pick } from '../../../src/cli/terminal/picker.ts';
import { scriptedShell } from './scripted-shell.ts';

const choices = [
  { label: 'prod / Admin', value: 'a' },
  { label: 'prod / ReadOnly', value: 'b' },
  { label: 'sandbox', value: 'c' },
];

async function answering(...answers: readonly string[]): Promise<string> {
  const shell = scriptedShell();
  const picked = pick(shell, 'Which session?', choices);
  for (const answer of answers) shell.type(`${answer}\r`);
  return await picked;
}

describe('the picker', () => {
  it('numbers what can be chosen', async () => {
    const shell = scriptedShell();
    const picked = pick(shell, 'Which session?', choices);
    shell.type('2\r');
    expect(await picked).toBe('b');
    expect(shell.words()).toContain(' 1  prod / Admin\n 2  prod / ReadOnly\n 3  sandbox\n');
  });

  it('takes any part of a name that only one has', async () => {
    expect(await answering('SAND')).toBe('c');
    expect(await answering('readonly')).toBe('b');
  });

  it('asks again for a number out of range, a part that several have, and nothing', async () => {
    expect(await answering('4', '0', 'prod', '', '1')).toBe('a');
  });
});
