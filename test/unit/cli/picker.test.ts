import { describe, expect, it } from 'vitest';
import { pick } from '../../../src/cli/terminal/picker.ts';
import { scriptedShell, type ScriptedShell } from './scripted-shell.ts';

const labels = ['billing-prod / Admin', 'billing-prod / ReadOnly', 'sandbox', 'Zürich Prüfer'];
const choices = labels.map((label) => ({ label, value: label }));

/** The lines that a screen shows at the end, without colours and moves of the cursor. */
function lastScreen(shell: ScriptedShell): string {
  const frames = shell.words().split('? Which session?');
  // eslint-disable-next-line no-control-regex -- they are what is to be removed
  return (frames.at(-1) ?? '').replace(/\u001b\[[\d;?]*[a-zA-Z]/g, '');
}

/** Types, waits until the list shows `then` at its top, and presses the next keys. */
async function picking(...steps: readonly (readonly [keys: string, then: string])[]) {
  const shell = scriptedShell();
  const picked = pick(shell, 'Which session?', choices);
  await expect.poll(() => lastScreen(shell)).toContain('❯ billing-prod / Admin');
  for (const [keys, then] of steps) {
    shell.type(keys);
    await expect.poll(() => lastScreen(shell)).toContain(`❯ ${then}`);
  }
  shell.type('\r');
  return { picked: await picked, shell };
}

describe('the picker', () => {
  it('takes the first one at Enter, and another one by arrow', async () => {
    expect((await picking()).picked).toBe(labels[0]);
    expect((await picking(['\u001b[B', 'billing-prod / ReadOnly'])).picked).toBe(labels[1]);
  });

  it.each([
    ['SAND', 'sandbox'],
    ['readonly', 'billing-prod / ReadOnly'],
    ['blread', 'billing-prod / ReadOnly'],
    ['readonly billing', 'billing-prod / ReadOnly'],
    ['billing-prod/r', 'billing-prod / ReadOnly'],
    ['zürich'.normalize('NFD'), 'Zürich Prüfer'],
  ])('narrows to what fits "%s"', async (typed, first) => {
    expect((await picking([typed, first])).picked).toBe(first);
  });

  it('never fills more than the screen, and cuts what is wider', async () => {
    const shell = scriptedShell();
    Object.assign(shell.stderr, { rows: 10, columns: 30 });
    const many = Array.from({ length: 500 }, (_, at) => `session ${at} ${'x'.repeat(50)}`);
    const picked = pick(
      shell,
      'Which session?',
      many.map((label) => ({ label, value: label })),
    );
    await expect.poll(() => lastScreen(shell)).toContain('❯ session 0');
    const lines = lastScreen(shell)
      .split('\n')
      .map((line) => line.trimEnd());
    expect(lines.length).toBeLessThanOrEqual(10);
    for (const line of lines.slice(1)) expect(Array.from(line).length).toBeLessThanOrEqual(30);
    shell.type('\r');
    expect(await picked).toBe(many[0]);
  });

  it('is cancelled by Ctrl-C', async () => {
    const shell = scriptedShell();
    const picked = pick(shell, 'Which session?', choices);
    const failed = expect(picked).rejects.toThrow('Cancelled.');
    await expect.poll(() => lastScreen(shell)).toContain('❯');
    shell.type('\u0003');
    await failed;
  });
});
