import { expect, it } from 'vitest';
import type { Context } from '../../../src/cli/context.ts';
import { restoreHeld, showHeld, type Change } from '../../../src/cli/doctor/held.ts';
import { CommandFailure } from '../../../src/cli/failure.ts';
import { eventually } from '../../support/scratch-owner.ts';
import { scriptedShell, type ScriptedShell } from './scripted-shell.ts';

const change = (id: string, more: Partial<Change> = {}): Change => ({
  id,
  kind: 'section',
  file: '/creds',
  what: `Profile ${id}`,
  session: { sessionId: 'x', sessionName: 'payments' },
  restorable: true,
  how: 'This stops session payments.',
  ...more,
});
const home: Change = {
  id: 'home-1',
  kind: 'home',
  file: '/creds',
  what: 'Profile home-1',
  restorable: false,
  how: 'Remove it.',
};

/** An owner that holds `held`; the session of the first two is one. */
function owner(...held: readonly Change[]) {
  let items = [...held];
  const restored: string[] = [];
  const codes: number[] = [];
  const shell = scriptedShell();
  const request = (method: string, _path: string, options?: { path: { id: string } }) => {
    if (method === 'GET') return Promise.resolve({ items });
    const id = options?.path.id ?? '';
    restored.push(id);
    items = items.filter((one) => one.id !== id && !(id === 'section-1' && one.id === 'stash-1'));
    return Promise.resolve({ restored: id !== 'stuck-1', leftovers: [] });
  };
  const context = {
    owner: { request },
    shell,
    endWith: (code: number) => codes.push(code),
  } as unknown as Context;
  return { context, shell, restored, codes };
}

const answer = async (shell: ScriptedShell, count: number, text: string) => {
  await eventually(
    () => shell.words(),
    (words) => words.split('[y/N]').length > count,
  );
  shell.type(`${text}\r`);
};
const failureOf = async (work: Promise<void>) =>
  await work.then(
    () => undefined,
    (error: unknown) => (error instanceof CommandFailure ? error : undefined),
  );
/** The same where nobody can be asked. */
const piped = (context: Context) => ({
  ...context,
  shell: { ...context.shell, stdin: Object.assign(context.shell.stdin, { isTTY: false }) },
});

it('asks about each thing, leaves out what another one put back, and keeps what gets no yes', async () => {
  const { context, shell, restored } = owner(
    change('section-1'),
    change('stash-1'),
    change('section-2'),
    home,
  );
  const work = restoreHeld(context, { ids: [] });
  await answer(shell, 1, 'y');
  await answer(shell, 2, 'n');
  await work;
  expect(restored).toEqual(['section-1']);
  expect(shell.words()).toContain('Put it back? This stops session payments.');
  expect(shell.words()).not.toContain('home-1');
});

it('puts everything back after one --yes, and nothing that ends with Stint', async () => {
  const { context, restored, codes } = owner(change('section-1'), change('section-2'), home);
  await restoreHeld(piped(context), { ids: [], all: true, yes: true });
  expect(restored).toEqual(['section-1', 'section-2']);
  expect(codes).toEqual([]);
});

it('takes the first characters of an id, and asks for more where several begin so', async () => {
  const { context, restored } = owner(change('section-1'), change('section-2'));
  const failure = await failureOf(restoreHeld(context, { ids: ['section'], yes: true }));
  expect(failure?.message).toBe('section can mean: section-1, section-2');
  await restoreHeld(context, { ids: ['section-2'], yes: true });
  expect(restored).toEqual(['section-2']);
});

it('ends with 1 for what could not be put back', async () => {
  const { context, codes, shell } = owner(change('stuck-1'));
  await restoreHeld(context, { ids: ['stuck-1'], yes: true });
  expect(codes).toEqual([1]);
  expect(shell.words()).toContain('Not put back yet: Profile stuck-1');
});

it.each([
  ['ids and --all', { ids: ['a'], all: true }, /not both/],
  ['--yes for nothing in particular', { ids: [], yes: true }, /ids or --all/],
  ['nobody to ask', { ids: [], all: true }, /Nobody is here to say yes/],
])('refuses %s, and changes nothing', async (_what, flags, message) => {
  const { context, restored } = owner(change('section-1'));
  const failure = await failureOf(restoreHeld(piped(context), flags));
  expect(failure?.message).toMatch(message);
  expect(failure?.exitCode).toBe(2);
  expect(restored).toEqual([]);
});

it('lists each thing with its id, session and file, and how to put it back', () => {
  const { shell } = owner();
  showHeld({ shell }, [change('section-1'), home]);
  expect(shell.data()).toBe(
    [
      '',
      'What Stint holds on this machine',
      'section-1  Profile section-1, of session payments',
      '           /creds',
      'home-1     Profile home-1',
      '           /creds',
      'Put one back: stint doctor --restore ID. Everything: stint doctor --restore --all',
      '',
    ].join('\n'),
  );
});
