import { describe, expect, it } from 'vitest';
import { computerForEachTest } from './computer.ts';

/** How each shell is started without the user's files, shows that it waits, and loads the completion. */
const shells = {
  bash: {
    start: 'bash --norc -i',
    load: `PS1='rea''dy> '; source <(stint completion bash)\r`,
  },
  zsh: {
    start: 'zsh -f -i',
    load: `PS1='rea''dy> '; autoload -Uz compinit; compinit -u; source <(stint completion zsh)\r`,
  },
  fish: {
    start: 'fish --no-config -i',
    // Otherwise it completes after each key to suggest something, in the background.
    load: `set -g fish_autosuggestion_enabled 0; function fish_prompt; echo -n rea''dy'> '; end; stint completion fish | source\r`,
  },
} as const;

describe.skipIf(process.platform === 'win32')('completion', () => {
  const computer = computerForEachTest();

  it('types the name of a session with spaces as one word, in bash, zsh and fish', async () => {
    await computer.addUser('anna');
    const name = 'Billing prod (Ä)';
    const renamed = await computer.stint(['session', 'edit', 'anna', '--name', name]);
    expect(renamed.code).toBe(0);
    for (const [shell, { start, load }] of Object.entries(shells)) {
      const ran = await computer.programAtTerminal(start, [
        { after: '', type: load },
        { after: 'ready> ', type: 'stint session show Bil\t' },
        // As each of them quotes it.
        { after: String.raw`prod\ \(Ä\)`, type: '\r' },
        // What the command printed.
        { after: 'awsIamUser', type: '' },
        // The picker, which fits the screen.
        { after: 'ready> ', type: 'stint session show\r' },
        { after: 'Which session?', type: 'bil' },
        { after: 'bil', type: '\r' },
        { after: 'awsIamUser', type: '' },
        { after: 'ready> ', type: 'stint history --kind session-sta\t' },
        // Ctrl-U, which empties the line in each of them; what follows Ctrl-C is different.
        { after: 'started', type: '\u0015exit 7\r' },
      ]);
      expect([shell, ran.code]).toEqual([shell, 7]);
      const [, picked = ''] = ran.stdout.split('Which session?');
      expect(longestLine(picked.split('ready> ')[0] ?? '')).toBeLessThanOrEqual(80);
    }
  });

  it('never starts an agent', async () => {
    const { code, stdout } = await computer.stint(['__complete', 'bash', 'stint start ']);
    expect([code, stdout]).toEqual([0, '']);
    expect((await computer.stint(['agent', 'status'])).code).toBe(5);
  });
});

/** In columns, without colours and moves of the cursor. */
function longestLine(text: string): number {
  // eslint-disable-next-line no-control-regex -- they are what is to be removed
  const lines = text.replace(/\u001b\[[\d;?]*[a-zA-Z]/g, '\n').split(/[\r\n]+/);
  return Math.max(...lines.map((line) => Array.from(line).length));
}
