import { describe, expect, it } from 'vitest';
import { ask, askUntilAnswered } from '../../../src/cli/terminal/ask.ts';
import { scriptedShell } from './scripted-shell.ts';

describe('a question at the terminal', () => {
  it('is answered by a line, and shows on standard error', async () => {
    const shell = scriptedShell();
    const answer = ask(shell, 'MFA code for anna');
    shell.type('123456\r');
    expect(await answer).toBe('123456');
    expect(shell.words()).toContain('MFA code for anna: ');
    expect(shell.data()).toBe('');
  });

  it('does not show a hidden answer while it is typed', async () => {
    const shell = scriptedShell();
    const answer = ask(shell, 'Passphrase', { hidden: true });
    shell.type('open sesame\r');
    expect(await answer).toBe('open sesame');
    expect(shell.words()).toBe('Passphrase: \n');
  });

  it('is given up with Ctrl-C or Ctrl-D', async () => {
    for (const [key, exitCode] of [
      ['\u0003', 130],
      ['\u0004', 1],
    ] as const) {
      const shell = scriptedShell();
      const answer = ask(shell, 'MFA code');
      shell.type(key);
      await expect(answer).rejects.toMatchObject({ message: 'Cancelled.', exitCode });
    }
  });

  it('disappears if it is answered elsewhere meanwhile', async () => {
    const answered = new AbortController();
    const answer = ask(scriptedShell(), 'MFA code', { signal: answered.signal });
    answered.abort(new Error('answered in the window'));
    await expect(answer).rejects.toThrow('answered in the window');
  });

  it('is asked again while the answer is empty, and trims what can be seen', async () => {
    const shell = scriptedShell();
    const answer = askUntilAnswered(shell, 'Access key id');
    shell.type('\r');
    shell.type(' AKIA \r');
    expect(await answer).toBe('AKIA');
  });

  it('keeps the blanks of a hidden answer: a passphrase may have them', async () => {
    const shell = scriptedShell();
    const answer = askUntilAnswered(shell, 'Passphrase', { hidden: true });
    shell.type(' open sesame \r');
    expect(await answer).toBe(' open sesame ');
  });

  it('cannot be made to steer the terminal', async () => {
    const shell = scriptedShell();
    const answer = ask(shell, 'MFA code for \u001b[2Jevil');
    shell.type('1\r');
    await answer;
    expect(shell.words()).not.toContain('\u001b[2J');
  });
});
