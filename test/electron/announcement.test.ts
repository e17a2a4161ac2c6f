import { describe, expect, test } from 'vitest';
import type { ShellPrompt, ShellSession, ShellState } from '../../electron/feed/shell-state.ts';
import { announcement } from '../../electron/notifications/announcement.ts';
import { dueAt, gathered } from '../../electron/notifications/gathering.ts';
import { newsBetween, type News } from '../../electron/notifications/news.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 21, 9, minutes)).toISOString();
const run = { id: 'b1c2d3e4-0000-4000-8000-000000000000', startedAt: at(0) };

function session(name: string, fields: Partial<ShellSession> = {}): ShellSession {
  return {
    sessionId: `id of ${name}`,
    sessionName: name,
    status: 'active',
    startDateTime: at(0),
    type: 'awsIamUser',
    region: 'eu-west-1',
    pinned: false,
    run,
    ...fields,
  };
}

const mfa: ShellPrompt = {
  promptId: 'p',
  kind: 'mfa',
  text: 'MFA code for a',
  sessionId: 'id of a',
};
const login: ShellPrompt = {
  promptId: 'q',
  kind: 'login',
  text: 'Sign in to Corp in your browser',
};

const state = (
  sessions: readonly ShellSession[],
  prompts: readonly ShellPrompt[] = [],
): ShellState => ({ sessions, prompts, vaultLocked: false, settings: undefined, reachable: true });

/** The news between two states of one session, by kind. */
const news = (before: Partial<ShellSession>, after: Partial<ShellSession>) =>
  newsBetween(state([session('a', before)]), state([session('a', after)]), {
    windowInFront: false,
  }).map(({ kind }) => kind);

const lastEnd = (reason: NonNullable<ShellSession['lastEnd']>['reason']) =>
  ({ status: 'inactive', lastEnd: { reason, at: at(1), message: 'why' } }) as const;

describe('what is news', () => {
  test('is a question that a person has to answer, unless the window is in front', () => {
    const window = { promptId: 'r', kind: 'sign-in-window', text: 'A window is open' } as const;
    const unlock = { promptId: 's', kind: 'unlock', text: 'Passphrase' } as const;
    const before = state([session('a')], [mfa]);
    const after = state([session('a')], [mfa, login, window, unlock]);
    expect(newsBetween(before, after, { windowInFront: false })).toEqual([
      { kind: 'question', prompt: login },
    ]);
    expect(newsBetween(before, after, { windowInFront: true })).toEqual([]);
  });

  test.each(['failed', 'crashed'] as const)('is an end as "%s"', (reason) => {
    expect(news({}, lastEnd(reason))).toEqual(['failed']);
  });

  test.each(['max-duration', 'idle', 'valid-until', 'expired'] as const)(
    'is an end as "%s", which nobody asked for',
    (reason) => {
      expect(news({}, lastEnd(reason))).toEqual(['ended']);
      expect(news(lastEnd(reason), lastEnd(reason))).toEqual([]);
    },
  );

  test.each(['stopped', 'cancelled', 'superseded', 'locked', 'shutdown', 'removed'] as const)(
    'is not an end as "%s", which is somebody’s own doing',
    (reason) => {
      expect(news({}, lastEnd(reason))).toEqual([]);
    },
  );

  test('is the warning before the end of a run, once', () => {
    const warned = { run: { ...run, warnedAt: at(2), endsAt: at(7) } };
    expect(news({}, warned)).toEqual(['ending']);
    expect(news(warned, warned)).toEqual([]);
  });

  test('is a renewal that keeps failing, not one that the network has yet to come back for', () => {
    const failing = (failures: number, nextTryAt: string | undefined = at(3)) => ({
      run: { ...run, renewalFailure: { message: 'why', failures, since: at(1), nextTryAt } },
    });
    expect(news({}, failing(1))).toEqual([]);
    expect(news(failing(2), failing(3))).toEqual(['failed']);
    expect(news(failing(3), failing(4))).toEqual([]);
  });
});

describe('a notification', () => {
  const about = (kind: 'failed' | 'ending' | 'ended', name: string, isRunning = false): News => ({
    kind,
    sessionId: `id of ${name}`,
    name,
    detail: 'AWS refused it.',
    isRunning,
  });

  test('of an MFA question takes the code where the system has replies', () => {
    const one: News = { kind: 'question', prompt: mfa, name: 'a' };
    for (const platform of ['darwin', 'win32'] as const) {
      expect(announcement([one], platform)).toEqual({
        title: 'a needs an MFA code',
        body: 'MFA code for a',
        click: { kind: 'show', request: { kind: 'question', promptId: 'p' } },
        actions: [],
        reply: { promptId: 'p', placeholder: 'MFA code' },
      });
    }
    expect(announcement([one], 'linux')).not.toHaveProperty('reply');
  });

  test('has the actions that help', () => {
    const labels = (one: News) =>
      announcement([one], 'darwin').actions.map(({ label, action }) => [label, action.kind]);
    expect(labels({ kind: 'question', prompt: login })).toEqual([['Open', 'show']]);
    expect(labels(about('failed', 'a'))).toEqual([['Try again', 'start']]);
    expect(labels(about('failed', 'a', true))).toEqual([['Try again', 'rotate']]);
    expect(labels(about('ended', 'a'))).toEqual([['Start again', 'start']]);
    expect(labels(about('ending', 'a', true))).toEqual([
      ['Extend by 1 h', 'extend'],
      ['Stop now', 'stop'],
    ]);
  });

  test('has none on Linux, where a click opens the window at the session', () => {
    expect(announcement([about('failed', 'a')], 'linux')).toEqual({
      title: 'a failed',
      body: 'AWS refused it.',
      click: { kind: 'show', request: { kind: 'session', sessionId: 'id of a' } },
      actions: [],
    });
  });

  test('is one for many: what needs a person comes first, and names are few', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => about('failed', name));
    const [first, ...others] = many as [News, ...News[]];
    expect(
      announcement(
        [first, ...others, about('ended', 'f'), { kind: 'question', prompt: login }],
        'darwin',
      ),
    ).toEqual({
      title: 'Stint: 1 question waits for you',
      body: [
        'Sign in to Corp in your browser',
        '5 sessions failed: a, b, c and 2 more',
        '1 session has ended: f',
      ].join('\n'),
      click: { kind: 'show', request: { kind: 'question', promptId: 'q' } },
      actions: [],
    });
  });
});

describe('news are said', () => {
  const one: News = { kind: 'question', prompt: login };
  const due = (times: readonly number[], wokeAt?: number) => {
    let gathering = gathered(undefined, [], 0);
    for (const time of times) gathering = gathered(gathering, [one], time);
    return gathering === undefined ? undefined : dueAt(gathering, wokeAt);
  };

  test('once it is quiet, and after a while in any case', () => {
    expect(due([])).toBeUndefined();
    expect(due([1_000])).toBe(2_500);
    expect(due([1_000, 2_000])).toBe(3_500);
    expect(due([1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000])).toBe(9_000);
  });

  test('later after the computer slept, when much happens until all is renewed', () => {
    expect(due([5_000], 4_000)).toBe(20_000);
    expect(due([5_000, 15_000], 4_000)).toBe(30_000);
    expect(due([65_000], 4_000)).toBe(66_500);
  });

  test('once about each subject, with the latest word', () => {
    const first = gathered(undefined, [one], 0);
    expect(gathered(first, [one], 5)).toEqual({ news: [one], firstAt: 0, lastAt: 5 });
  });
});
