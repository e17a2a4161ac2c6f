import type { Prompt } from '../../src/models/prompt.ts';
import type { Session } from '../../src/models/session.ts';
import type { Settings } from '../../src/models/settings.ts';

/** The fields of a session that tray and notifications use. */
export type ShellSession = Pick<
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
  | 'lastEnd'
  | 'archivedAt'
>;

/** The fields of a question that tray and notifications use. */
export type ShellPrompt = Pick<
  Prompt,
  'promptId' | 'kind' | 'text' | 'sessionId' | 'integrationId'
>;

/** `reachable: false`: no owner answers, so no session is known and none can be clicked. */
export interface ShellState {
  readonly sessions: readonly ShellSession[];
  /** The open questions, oldest first. */
  readonly prompts: readonly ShellPrompt[];
  readonly vaultLocked: boolean;
  /** Undefined until they were read. */
  readonly settings: ShellSettings | undefined;
  readonly reachable: boolean;
}

/** What the desktop app does by settings. */
export type ShellSettings = Pick<Settings, 'onScreenLock' | 'openAtLogin'>;

/** Before an owner has answered. */
export const nothingKnown: ShellState = {
  sessions: [],
  prompts: [],
  vaultLocked: false,
  settings: undefined,
  reachable: false,
};
