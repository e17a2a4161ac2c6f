import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../electron/tray/menu-template.ts';
import { trayModel, type TraySession } from '../../electron/tray/tray-model.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

function session(name: string, fields: Partial<TraySession> = {}): TraySession {
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

const lines = (sessions: readonly TraySession[], reachable = true) =>
  trayModel({ sessions, reachable }, now).items.map((item) => {
    switch (item.kind) {
      case 'separator':
        return '—';
      case 'heading':
        return `[${item.label}]`;
      case 'session':
        return `${item.checked ? '✓' : '·'} ${item.label} (${item.click})`;
      case 'consoles':
        return `${item.label}: ${item.sessions.map(({ label }) => label).join(', ')}`;
      case 'command':
        return item.enabled ? item.label : `${item.label} (grey)`;
    }
  });

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
      '—',
      '[Running]',
      '✓ payments — 42 min left (stop)',
      '· break-glass — starting… (stop)',
      '—',
      '[Pinned]',
      '· favourite (start)',
      '—',
      '[Recent]',
      '· used today (start)',
      '· used yesterday (start)',
      '—',
      'Stop all',
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

  test('works without any session', () => {
    expect(lines([])).toEqual(['Open Stint', '—', 'Stop all (grey)', 'Quit Stint']);
    expect(trayModel({ sessions: [], reachable: true }, now).tooltip).toBe(
      'Stint — nothing running',
    );
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
    expect(trayModel({ sessions: running, reachable: false }, now).tooltip).toBe(
      'Stint — waiting for the agent',
    );
    expect(lines(running, false)).toEqual(['Open Stint', '—', 'Stop all (grey)', 'Quit Stint']);
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
    const clicks: string[] = [];
    const template = menuTemplate(
      trayModel(
        {
          sessions: [
            session('a', { status: 'active', type: 'awsSsoRole' }),
            session('b', { pinned: true }),
          ],
          reachable: true,
        },
        now,
      ),
      {
        session: (sessionId, click) => clicks.push(`${click} ${sessionId}`),
        console: (sessionId) => clicks.push(`console ${sessionId}`),
        command: (command) => clicks.push(command),
      },
    );
    for (const item of template) {
      for (const { click } of Array.isArray(item.submenu) ? item.submenu : [item]) {
        (click as (() => void) | undefined)?.();
      }
    }
    expect(clicks).toEqual([
      'open',
      'stop id of a',
      'console id of a',
      'start id of b',
      'stop-all',
      'quit',
    ]);
  });
});

test.each([
  [59_000, 'a — under a minute left'],
  [90_000, 'a — 1 min left'],
  [7_500_000, 'a — 2 h 5 min left'],
])('with %d ms left, a session is labelled "%s"', (milliseconds, label) => {
  const credentialsExpireAt = new Date(now + milliseconds).toISOString();
  const active = session('a', { status: 'active', credentialsExpireAt });
  const { items } = trayModel({ sessions: [active], reachable: true }, now);
  expect(items.find(({ kind }) => kind === 'session')).toMatchObject({ label });
});
