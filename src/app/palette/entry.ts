import type { Session } from '../connection/owner-client.ts';
import type { IconName } from '../icons/icon.ts';
import { highlights, type Ranked } from './ranking.ts';

/** Something that the palette found. */
export interface NewEntry extends Ranked {
  readonly icon: IconName;
  readonly hint: string;
  readonly shortcut: string;
  /** What Enter does with it, in a word. */
  readonly action: string;
  readonly run: () => void;
  /** The session to start or show. */
  readonly target?: Session;
  readonly session?: SessionLook;
}

/** How the session is drawn. */
export interface SessionLook {
  readonly state: 'failed' | 'asking' | 'off' | undefined;
  readonly share: number | undefined;
  readonly low: boolean;
  readonly environment: string | undefined;
}

interface Part {
  readonly text: string;
  readonly isMatch: boolean;
}

export interface Entry extends NewEntry {
  /** Among all entries shown. */
  readonly index: number;
  readonly key: string;
  readonly parts: readonly Part[];
}

export function entryOf(entry: NewEntry, words: readonly string[], index: number): Entry {
  const { text, target } = entry;
  const parts: Part[] = [];
  let end = 0;
  for (const [from, to] of highlights(text, words)) {
    parts.push({ text: text.slice(end, from), isMatch: false });
    parts.push({ text: text.slice(from, to), isMatch: true });
    end = to;
  }
  parts.push({ text: text.slice(end), isMatch: false });
  return {
    ...entry,
    index,
    key: target?.sessionId ?? text,
    parts: parts.filter((part) => part.text !== ''),
  };
}
