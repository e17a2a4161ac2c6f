import { onThisMachine } from '../../src/models/clock-offset.ts';
import { durationText } from '../../src/models/duration.ts';
import { awaitsRenewal } from '../../src/models/run-state.ts';
import { windowOrder } from '../../src/models/session-order.ts';
import type { Session } from '../../src/models/session.ts';

/** The fields of a session that the tray uses. */
export type TraySession = Pick<
  Session,
  | 'sessionId'
  | 'sessionName'
  | 'status'
  | 'startDateTime'
  | 'type'
  | 'region'
  | 'pinned'
  | 'credentialsExpireAt'
  | 'clockOffsetSeconds'
  | 'run'
  | 'archivedAt'
>;

export type TrayCommand = 'open' | 'stop-all' | 'quit';

export type TrayItem =
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'session';
      readonly label: string;
      readonly sessionId: string;
      /** What a click does. */
      readonly click: 'start' | 'stop';
      readonly checked: boolean;
    }
  | {
      readonly kind: 'consoles';
      readonly label: string;
      readonly sessions: readonly { readonly label: string; readonly sessionId: string }[];
    }
  | {
      readonly kind: 'command';
      readonly label: string;
      readonly command: TrayCommand;
      readonly enabled: boolean;
    };

/** Everything the tray shows, as plain values: equal models need no redrawing. */
export interface TrayModel {
  readonly tooltip: string;
  readonly items: readonly TrayItem[];
}

/** `reachable: false`: no owner answers, so no session is known and none can be clicked. */
export interface TrayState {
  readonly sessions: readonly TraySession[];
  readonly reachable: boolean;
}

const most = { running: 15, pinned: 10, recent: 5 } as const;

/**
 * The tray's menu: running sessions with their time left, then pinned and recent ones to start.
 * `now`: milliseconds since the epoch.
 */
export function trayModel({ sessions, reachable }: TrayState, now: number): TrayModel {
  const shown = reachable ? sessions.filter((session) => session.archivedAt === undefined) : [];
  shown.sort(windowOrder);
  const running = shown.filter((session) => session.status !== 'inactive');
  const idle = shown.filter((session) => session.status === 'inactive');
  const pinned = idle.filter((session) => session.pinned);
  const recent = idle.filter((session) => !session.pinned && session.startDateTime !== '');

  return {
    tooltip: reachable ? tooltip(running.length) : 'Stint — waiting for the agent',
    items: [
      { kind: 'command', label: 'Open Stint', command: 'open', enabled: true },
      ...section('Running', running, most.running, (session) => runningItem(session, now)),
      ...consoles(running),
      ...section('Pinned', pinned, most.pinned, startItem),
      ...section('Recent', recent, most.recent, startItem),
      { kind: 'separator' },
      {
        kind: 'command',
        label: 'Stop all',
        command: 'stop-all',
        enabled: reachable && running.length > 0,
      },
      { kind: 'command', label: 'Quit Stint', command: 'quit', enabled: true },
    ],
  };
}

function section(
  heading: string,
  sessions: readonly TraySession[],
  limit: number,
  item: (session: TraySession) => TrayItem,
): readonly TrayItem[] {
  if (sessions.length === 0) return [];
  const left = sessions.length - limit;
  return [
    { kind: 'separator' },
    { kind: 'heading', label: heading },
    ...sessions.slice(0, limit).map(item),
    ...(left > 0
      ? [{ kind: 'command', label: `${left} more…`, command: 'open', enabled: true } as const]
      : []),
  ];
}

/** A menu of the active sessions whose web console can be opened: AWS opens none for IAM users. */
function consoles(running: readonly TraySession[]): readonly TrayItem[] {
  const sessions = running
    .filter(({ status, type }) => status === 'active' && type !== 'awsIamUser')
    .slice(0, most.running)
    .map(({ sessionId, sessionName }) => ({ label: menuText(sessionName), sessionId }));
  return sessions.length === 0 ? [] : [{ kind: 'consoles', label: 'Web console', sessions }];
}

function runningItem(session: TraySession, now: number): TrayItem {
  const waits = awaitsRenewal(session) ? 'renewing…' : 'starting…';
  const state = session.status === 'pending' ? waits : remaining(session, now);
  const name = session.sessionName;
  return {
    kind: 'session',
    label: menuText(state === undefined ? name : `${name} — ${state}`),
    sessionId: session.sessionId,
    click: 'stop',
    checked: session.status === 'active',
  };
}

function startItem(session: TraySession): TrayItem {
  return {
    kind: 'session',
    label: menuText(session.sessionName),
    sessionId: session.sessionId,
    click: 'start',
    checked: false,
  };
}

/** The time until its credentials expire or a limit ends it, whichever comes first. */
function remaining(session: TraySession, now: number): string | undefined {
  const { credentialsExpireAt, run } = session;
  const ends = [
    ...(credentialsExpireAt === undefined ? [] : [onThisMachine(session, credentialsExpireAt)]),
    ...(run?.endsAt === undefined ? [] : [Date.parse(run.endsAt)]),
  ];
  if (ends.length === 0) return undefined;
  // In whole minutes: a menu is drawn now and read later.
  const minutes = Math.floor((Math.min(...ends) - now) / 60_000);
  return minutes < 1 ? 'under a minute left' : `${durationText(minutes * 60)} left`;
}

function tooltip(running: number): string {
  if (running === 0) return 'Stint — nothing running';
  return running === 1 ? 'Stint — 1 session running' : `Stint — ${running} sessions running`;
}

const longestLabel = 60;

/** A name for a menu: shortened, and with ampersands that do not underline a key. */
function menuText(text: string): string {
  const characters = Array.from(text);
  const short =
    characters.length <= longestLabel
      ? text
      : `${characters.slice(0, longestLabel - 20).join('')}…${characters.slice(-19).join('')}`;
  return short.replaceAll('&', '&&');
}
