import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeIn } from '../../electron/actions/copied-code.ts';
import type { ShellAction } from '../../electron/actions/shell-action.ts';
import { menuTemplate } from '../../electron/tray/menu-template.ts';
import {
  nothingKnown,
  type ShellPrompt,
  type ShellSession,
  type ShellState,
} from '../../electron/feed/shell-state.ts';
import { trayPicture } from '../../electron/tray/tray-icon.ts';
import { trayModel } from '../../electron/tray/tray-model.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

function session(name: string, fields: Partial<ShellSession> = {}): ShellSession {
  return {
    sessionId: `id of ${name}`,
    sessionName: name,
    status: 'inactive',
    startDateTime: '',
    type: 'awsIamUser',
    region: 'eu-west-1',
    pinned: false,
    ...fields,
  };
}

const modelOf = (
  sessions: readonly ShellSession[],
  {
    reachable = true,
    vaultLocked = false,
    prompts = [],
  }: Partial<Pick<ShellState, 'reachable' | 'vaultLocked' | 'prompts'>> = {},
) => trayModel({ ...nothingKnown, vaultLocked, sessions, prompts, reachable }, now);

const lines = (...given: Parameters<typeof modelOf>) =>
  modelOf(...given).items.map((item) => {
    switch (item.kind) {
      case 'separator':
        return '—';
      case 'heading':
        return `[${item.label}]`;
      case 'session':
        return `${item.checked ? '✓' : '·'} ${item.label} (${item.action.kind})`;
      case 'submenu':
        return `${item.label}: ${item.choices.map(({ label }) => label).join(', ')}`;
      case 'command':
        return item.enabled ? item.label : `${item.label} (grey)`;
    }
  });

const mfa: ShellPrompt = {
  promptId: 'id of the question',
  kind: 'mfa',
  text: 'AWS refused that MFA code for payments. Enter the next code that the device shows.',
  sessionId: 'id of payments',
};

describe('the tray menu', () => {
  test('shows running sessions with their time left, then pinned and recent ones to start', () => {
    expect(
      lines([
        session('never started'),
        session('used yesterday', { startDateTime: inMinutes(-1440) }),
        session('used today', { startDateTime: inMinutes(-60) }),
        session('favourite', { pinned: true }),
        session('payments', {
          status: 'active',
          startDateTime: inMinutes(-18),
          credentialsExpireAt: inMinutes(42.5),
        }),
        session('break-glass', { status: 'pending', startDateTime: inMinutes(-2000) }),
      ]),
    ).toEqual([
      'Open Stint',
      'Search…',
      '—',
      '[Running]',
      '✓ payments — 42 min left (stop)',
      '· break-glass — starting… (stop)',
      'Rotate: payments',
      '—',
      '[Pinned]',
      '· favourite (start)',
      '—',
      '[Recent]',
      '· used today (start)',
      '· used yesterday (start)',
      '—',
      'Stop all',
      'Lock',
      '—',
      'Help…',
      'Quit Stint',
    ]);
  });

  test('opens the web console of active sessions that can have one', () => {
    const active = { status: 'active', startDateTime: inMinutes(-1) } as const;
    const shown = lines([
      session('user', active),
      session('role', { ...active, type: 'awsSsoRole' }),
      session('subscription', { ...active, type: 'azure' }),
      session('waiting', { status: 'pending', type: 'awsSsoRole' }),
      session('idle', { type: 'azure', pinned: true }),
    ]);
    expect(shown).toContain('Web console: role, subscription');
    expect(lines([session('user', active)]).join()).not.toContain('Web console');
  });

  test('begins with the questions that wait, and takes an MFA code from the clipboard', () => {
    const waiting = [session('payments', { status: 'pending' })];
    const login: ShellPrompt = {
      promptId: 'b',
      kind: 'login',
      text: 'Sign in to Corp in your browser',
    };
    const prompts = [mfa, login];
    expect(lines(waiting, { prompts }).slice(2, 6)).toEqual([
      '—',
      '[Waiting for you]',
      'MFA code for payments: Use the code in the clipboard, Enter it in the window…, Cancel',
      'Sign in to Corp in your browser',
    ]);
    expect(modelOf(waiting, { prompts })).toMatchObject({
      tooltip: 'Stint — 1 session running, 2 questions wait for you',
      running: 1,
      waiting: 2,
    });
  });

  test('unlocks a vault that is locked', () => {
    expect(lines([], { vaultLocked: true })).toContain('Unlock…');
    expect(lines([], { vaultLocked: true })).not.toContain('Lock');
  });

  test('works without any session', () => {
    expect(lines([])).toEqual([
      'Open Stint',
      'Search…',
      '—',
      'Stop all (grey)',
      'Lock',
      '—',
      'Help…',
      'Quit Stint',
    ]);
    expect(modelOf([]).tooltip).toBe('Stint — nothing running');
  });

  test('counts down to the end of a run if that comes before the credentials expire', () => {
    const limited = session('limited', {
      status: 'active',
      startDateTime: inMinutes(-1),
      credentialsExpireAt: inMinutes(60),
      run: { id: 'run', startedAt: inMinutes(-1), endsAt: inMinutes(9) },
    });
    expect(lines([limited])).toContain('✓ limited — 9 min left (stop)');
    // The limit is by this machine's clock, the expiry by the cloud's.
    const ahead = { ...limited, clockOffsetSeconds: 3300 };
    expect(lines([ahead])).toContain('✓ limited — 5 min left (stop)');
  });

  test('stays short with many sessions, and says how many it does not show', () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      session(`session ${index}`, { startDateTime: inMinutes(-index), pinned: index % 2 === 0 }),
    );
    const shown = lines(many);
    expect(shown).toContain('2490 more…');
    expect(shown).toContain('2495 more…');
    expect(shown.length).toBeLessThan(30);
  });

  test('does not show archived sessions', () => {
    const archived = session('old', { startDateTime: inMinutes(-9), archivedAt: inMinutes(-1) });
    expect(lines([archived])).not.toContain('· old (start)');
  });

  test('says that no owner answers, and offers only what works then', () => {
    const running = [session('payments', { status: 'active' })];
    const nobody = { reachable: false, prompts: [mfa] };
    expect(modelOf(running, nobody)).toMatchObject({
      tooltip: 'Stint — waiting for the agent',
      running: 0,
      waiting: 0,
    });
    expect(lines(running, nobody)).toEqual([
      'Open Stint',
      'Search… (grey)',
      '—',
      'Stop all (grey)',
      'Lock (grey)',
      '—',
      'Help… (grey)',
      'Quit Stint',
    ]);
  });

  test('shows an ampersand in a name instead of underlining the next letter', () => {
    expect(lines([session('R&D', { pinned: true })])).toContain('· R&&D (start)');
  });

  test('shortens a long name in the middle, where names usually agree', () => {
    const name = `start ${'x'.repeat(100)} end`;
    const line = lines([session(name, { pinned: true })]).find((text) => text.includes('start x'));
    expect(line).toMatch(/^· start x+…x+ end \(start\)$/);
    expect(line?.length).toBeLessThan(75);
  });

  test('is the same for the same sessions in any order', () => {
    const sessions = ['a', 'b', 'c', 'd'].map((name, index) =>
      session(name, {
        startDateTime: inMinutes(-index),
        status: index % 2 === 0 ? 'active' : 'inactive',
      }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(sessions, { minLength: 4 }), (shuffled) => {
        expect(lines(shuffled)).toEqual(lines(sessions));
      }),
    );
  });
});

describe('a click in the tray', () => {
  test('does exactly what the item says', () => {
    const clicks: ShellAction[] = [];
    const sessions = [
      session('a', { status: 'active', type: 'awsSsoRole' }),
      session('b', { pinned: true }),
    ];
    const { items } = modelOf(sessions, { prompts: [mfa] });
    for (const item of menuTemplate(items, (action) => clicks.push(action))) {
      for (const { click } of Array.isArray(item.submenu) ? item.submenu : [item]) {
        (click as (() => void) | undefined)?.();
      }
    }
    const { promptId } = mfa;
    expect(clicks).toEqual([
      { kind: 'show' },
      { kind: 'show', request: { kind: 'search' } },
      { kind: 'answer', promptId },
      { kind: 'show', request: { kind: 'question', promptId } },
      { kind: 'cancel', promptId },
      { kind: 'stop', sessionId: 'id of a' },
      { kind: 'rotate', sessionId: 'id of a' },
      { kind: 'console', sessionId: 'id of a' },
      { kind: 'start', sessionId: 'id of b' },
      { kind: 'stop-all' },
      { kind: 'lock' },
      { kind: 'show', request: { kind: 'help' } },
      { kind: 'quit' },
    ]);
  });
});

test.each([
  [59_000, 'a — under a minute left'],
  [90_000, 'a — 1 min left'],
  [7_500_000, 'a — 2 h 5 min left'],
])('with %d ms left, a session is labelled "%s"', (milliseconds, label) => {
  const credentialsExpireAt = new Date(now + milliseconds).toISOString();
  const { items } = modelOf([session('a', { status: 'active', credentialsExpireAt })]);
  expect(items.find(({ kind }) => kind === 'session')).toMatchObject({ label });
});

describe('the tray icon', () => {
  const icon = (running: number, waiting: number, platform: NodeJS.Platform, darkPanel = false) =>
    trayPicture({ running, waiting }, { platform, darkPanel });

  test('shows how many sessions run, and that a question waits, in the colours of the panel', () => {
    expect(icon(0, 0, 'win32').picture).toBe('light-idle.png');
    expect(icon(3, 0, 'win32', true).picture).toBe('dark-3.png');
    expect(icon(10, 0, 'win32').picture).toBe('light-many.png');
    expect(icon(3, 1, 'win32').picture).toBe('light-waiting.png');
    expect(icon(9, 0, 'linux').picture).toBe('tile-9.png');
  });

  test('is a template with the number beside it on macOS', () => {
    expect(icon(0, 0, 'darwin')).toEqual({ picture: 'idleTemplate.png', title: '' });
    expect(icon(12, 0, 'darwin')).toEqual({ picture: 'runningTemplate.png', title: '12' });
    expect(icon(2, 1, 'darwin', true)).toEqual({ picture: 'waitingTemplate.png', title: '2' });
  });

  test('has a picture for each state, in both sizes', () => {
    const drawn = readdirSync(join(import.meta.dirname, '..', '..', 'electron', 'icons', 'tray'));
    const wanted = (['darwin', 'win32', 'linux'] as const).flatMap((platform) =>
      Array.from({ length: 12 }, (_, running) => running).flatMap((running) =>
        [0, 1].flatMap((waiting) =>
          [true, false].map((dark) => icon(running, waiting, platform, dark).picture),
        ),
      ),
    );
    const files = [...new Set(wanted)].flatMap((file) => [file, file.replace('.png', '@2x.png')]);
    expect(drawn.sort()).toEqual(files.sort());
  });
});

test.each([
  ['123456', '123456'],
  [' 123 456\n', '123456'],
  ['123-456', '123456'],
  ['12345', undefined],
  ['1234567', undefined],
  ['code 123456', undefined],
  ['', undefined],
])('the MFA code in "%s" is %s', (text, code) => {
  expect(codeIn(text)).toBe(code);
});
