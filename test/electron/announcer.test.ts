import { beforeEach, describe, expect, test } from 'vitest';
import type { ShellAction } from '../../electron/actions/shell-action.ts';
import {
  nothingKnown,
  type ShellPrompt,
  type ShellState,
} from '../../electron/feed/shell-state.ts';
import { createAnnouncer, type Announcer } from '../../electron/notifications/announcer.ts';
import { FakeClock } from '../fakes/clock.ts';
import { createFakeElectron, type FakeElectron } from '../fakes/electron/fake-electron.ts';
import { anySession } from './scripted-owner.ts';

const question = (promptId: string, kind: ShellPrompt['kind'] = 'mfa'): ShellPrompt => ({
  promptId,
  kind,
  text: 'MFA code for payments',
  sessionId: anySession.sessionId,
});
const state = (...prompts: readonly ShellPrompt[]): ShellState => ({
  sessions: [anySession],
  prompts,
  vaultLocked: false,
  settings: undefined,
  reachable: true,
});

let clock: FakeClock;
let acted: ShellAction[];
let windowInFront: boolean;

function announcerOn(platform: NodeJS.Platform): [Announcer, FakeElectron] {
  const electron = createFakeElectron({ platform });
  const announcer = createAnnouncer({
    runtime: electron.runtime,
    platform,
    act: (action) => acted.push(action),
    isWindowInFront: () => windowInFront,
    clock,
  });
  announcer.show(state());
  return [announcer, electron];
}

beforeEach(() => {
  clock = new FakeClock();
  acted = [];
  windowInFront = false;
});

describe('a question that waits', () => {
  test('is announced once, and answered by a reply where the system has replies', async () => {
    const [announcer, electron] = announcerOn('darwin');
    announcer.show(state(question('one')));
    announcer.show(state(question('one')));
    await clock.advance(10_000);
    expect(electron.told).toEqual(['payments needs an MFA code: MFA code for payments']);
    electron.notifications[0]?.reply('123456');
    expect(acted).toEqual([{ kind: 'answer', promptId: 'one', answer: '123456' }]);
  });

  test('is opened by a click on Linux, which has neither replies nor actions', async () => {
    const [announcer, electron] = announcerOn('linux');
    announcer.show(state(question('one')));
    await clock.advance(10_000);
    const [notification] = electron.notifications;
    expect(() => notification?.reply('123456')).toThrow('no reply');
    expect(() => notification?.choose('Open')).toThrow('no such action');
    notification?.click();
    expect(acted).toEqual([{ kind: 'show', request: { kind: 'question', promptId: 'one' } }]);
  });

  test('is announced together with the others of that moment', async () => {
    const [announcer, electron] = announcerOn('win32');
    for (let count = 1; count <= 20; count += 1) {
      announcer.show(state(...Array.from({ length: count }, (_, index) => question(`${index}`))));
      await clock.advance(300);
    }
    await clock.advance(10_000);
    expect(electron.told).toHaveLength(1);
    expect(electron.told[0]).toMatch(/^Stint: 20 questions wait for you/);
  });

  test('is not announced if it was answered at once, or the window shows it', async () => {
    const [announcer, electron] = announcerOn('darwin');
    announcer.show(state(question('one')));
    announcer.show(state());
    await clock.advance(10_000);
    windowInFront = true;
    announcer.show(state(question('two')));
    await clock.advance(10_000);
    expect(electron.told).toEqual([]);
  });

  test('takes its notification along once it is answered', async () => {
    const [announcer, electron] = announcerOn('darwin');
    announcer.show(state(question('one'), question('two', 'login')));
    await clock.advance(10_000);
    announcer.show(state(question('two', 'login')));
    expect(electron.notifications[0]?.closed).toBe(false);
    announcer.show(state());
    expect(electron.notifications[0]?.closed).toBe(true);
  });

  test('is announced once although the owner changes meanwhile', async () => {
    const [announcer, electron] = announcerOn('darwin');
    announcer.show(state(question('one')));
    await clock.advance(10_000);
    announcer.show(nothingKnown);
    announcer.show(state(question('one')));
    await clock.advance(10_000);
    expect(electron.told).toHaveLength(1);
  });
});

test('the action of a notification does what it says', async () => {
  const [announcer, electron] = announcerOn('win32');
  const run = { id: anySession.sessionId, startedAt: '2026-11-20T12:00:00Z' };
  const active = { ...anySession, status: 'active', run } as const;
  announcer.show({ ...state(), sessions: [active] });
  const warned = { ...active, run: { ...run, warnedAt: '2026-11-20T12:55:00Z' } };
  announcer.show({ ...state(), sessions: [warned] });
  await clock.advance(10_000);
  electron.notifications[0]?.choose('Extend by 1 h');
  expect(acted).toEqual([{ kind: 'extend', sessionId: anySession.sessionId, seconds: 3600 }]);
});

test('nothing is announced after the end', async () => {
  const [announcer, electron] = announcerOn('darwin');
  announcer.show(state(question('one')));
  announcer.end();
  await clock.advance(60_000);
  expect(electron.told).toEqual([]);
});
