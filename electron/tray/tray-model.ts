import type { HelpLinks } from '../../src/models/help-links.ts';
import { awaitsRenewal } from '../../src/models/run-state.ts';
import { windowOrder } from '../../src/models/session-order.ts';
import type { ShellAction } from '../actions/shell-action.ts';
import type { ShellPrompt, ShellSession, ShellState } from '../feed/shell-state.ts';
import { menuText, timeLeft, tooltip } from './tray-text.ts';

export interface TrayChoice {
  readonly label: string;
  readonly action: ShellAction;
}

export type TrayItem =
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'separator' }
  | (TrayChoice & { readonly kind: 'session'; readonly id: string; readonly checked: boolean })
  | (TrayChoice & { readonly kind: 'command'; readonly enabled: boolean })
  | { readonly kind: 'submenu'; readonly label: string; readonly choices: readonly TrayChoice[] };

/** Everything the tray shows, as plain values: equal models need no redrawing. */
export interface TrayModel {
  readonly tooltip: string;
  /** How many sessions run, and how many questions wait: what the icon shows. */
  readonly running: number;
  readonly waiting: number;
  readonly items: readonly TrayItem[];
}

const most = { waiting: 10, running: 15, pinned: 10, recent: 5 } as const;

/**
 * The tray's menu: questions that wait, running sessions with their time left, then pinned and recent
 * ones to start. `now`: milliseconds since the epoch.
 */
export function trayModel(state: ShellState, now: number, help: HelpLinks = {}): TrayModel {
  const { sessions, prompts, vaultLocked, reachable } = state;
  const shown = reachable ? sessions.filter((session) => session.archivedAt === undefined) : [];
  shown.sort(windowOrder);
  const waiting = reachable ? prompts : [];
  const running = shown.filter((session) => session.status !== 'inactive');
  const active = running.filter((session) => session.status === 'active');
  const idle = shown.filter((session) => session.status === 'inactive');
  const pinned = idle.filter((session) => session.pinned);
  const recent = idle.filter((session) => !session.pinned && session.startDateTime !== '');

  return {
    tooltip: reachable ? tooltip(running.length, waiting.length) : 'Stint — waiting for the agent',
    running: running.length,
    waiting: waiting.length,
    items: [
      command('Open Stint', { kind: 'show' }),
      command('Search…', { kind: 'show', request: { kind: 'search' } }, reachable),
      ...section('Waiting for you', waiting, most.waiting, (prompt) => question(prompt, sessions)),
      ...section('Running', running, most.running, (session) => runningItem(session, now)),
      ...submenu('Rotate', 'rotate', active),
      // AWS opens no console for IAM users.
      ...submenu(
        'Web console',
        'console',
        active.filter(({ type }) => type !== 'awsIamUser'),
      ),
      ...section('Pinned', pinned, most.pinned, startItem),
      ...section('Recent', recent, most.recent, startItem),
      { kind: 'separator' },
      command('Stop all', { kind: 'stop-all' }, running.length > 0),
      vaultLocked
        ? command('Unlock…', { kind: 'unlock' }, reachable)
        : command('Lock', { kind: 'lock' }, reachable),
      { kind: 'separator' },
      ...helpItems(help, reachable),
      command('Quit Stint', { kind: 'quit' }),
    ],
  };
}

/** Without a guide to open, the window shows its shortcuts. */
function helpItems({ guide, problems }: HelpLinks, reachable: boolean): readonly TrayItem[] {
  return [
    guide === undefined
      ? command('Help…', { kind: 'show', request: { kind: 'help' } }, reachable)
      : command('Help…', { kind: 'browse', address: guide }),
    ...(problems === undefined
      ? []
      : [command('Report a problem…', { kind: 'browse', address: problems })]),
  ];
}

function command(label: string, action: ShellAction, enabled = true): TrayItem {
  return { kind: 'command', label, action, enabled };
}

function section<T>(
  heading: string,
  all: readonly T[],
  limit: number,
  item: (one: T) => TrayItem,
): readonly TrayItem[] {
  if (all.length === 0) return [];
  const left = all.length - limit;
  return [
    { kind: 'separator' },
    { kind: 'heading', label: heading },
    ...all.slice(0, limit).map(item),
    ...(left > 0 ? [command(`${left} more…`, { kind: 'show' })] : []),
  ];
}

function submenu(
  label: string,
  kind: 'rotate' | 'console',
  sessions: readonly ShellSession[],
): readonly TrayItem[] {
  const choices = sessions.slice(0, most.running).map(({ sessionId, sessionName }) => ({
    label: menuText(sessionName),
    action: { kind, sessionId },
  }));
  return choices.length === 0 ? [] : [{ kind: 'submenu', label, choices }];
}

/** A menu has no field to type in: an MFA code comes from the clipboard, or is typed in the window. */
function question(prompt: ShellPrompt, sessions: readonly ShellSession[]): TrayItem {
  const { promptId, kind, sessionId } = prompt;
  const show: ShellAction = { kind: 'show', request: { kind: 'question', promptId } };
  if (kind !== 'mfa') return command(menuText(prompt.text), show);
  const session = sessions.find((one) => one.sessionId === sessionId);
  return {
    kind: 'submenu',
    label: menuText(session === undefined ? prompt.text : `MFA code for ${session.sessionName}`),
    choices: [
      { label: 'Use the code in the clipboard', action: { kind: 'answer', promptId } },
      { label: 'Enter it in the window…', action: show },
      { label: 'Cancel', action: { kind: 'cancel', promptId } },
    ],
  };
}

function runningItem(session: ShellSession, now: number): TrayItem {
  const waits = awaitsRenewal(session) ? 'renewing…' : 'starting…';
  const state = session.status === 'pending' ? waits : timeLeft(session, now);
  const { sessionId, sessionName } = session;
  return {
    kind: 'session',
    id: sessionId,
    label: menuText(state === undefined ? sessionName : `${sessionName} — ${state}`),
    action: { kind: 'stop', sessionId },
    checked: session.status === 'active',
  };
}

function startItem({ sessionId, sessionName }: ShellSession): TrayItem {
  return {
    kind: 'session',
    id: sessionId,
    label: menuText(sessionName),
    action: { kind: 'start', sessionId },
    checked: false,
  };
}
