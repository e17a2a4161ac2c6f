import type { AwsCredentials } from '../../../models/credentials.ts';
import type { ProfileTarget } from '../delivery.ts';
import type { SwapLocation } from '../shared/user-file/swap.ts';
import { keySettings, processSettings, type OwnSettings } from './file/own-settings.ts';
import type { SectionJournal } from './journal.ts';
import type { PublishedJournal } from './published-journal.ts';
import type { SectionStash } from './stash.ts';

/** What writing, removal and sweep of this delivery share. */
export interface SectionParts {
  readonly journal: SectionJournal;
  readonly stash: SectionStash;
  readonly published: PublishedJournal;
  /** For the old content during a write in place. */
  readonly undoFolder: string;
  /** Whether the user wants existing files to be written in place, asked at each use. */
  readonly writesInPlace: () => boolean;
  /**
   * The value of `credential_process` for a session, in latin1. Throws Problem 'invalid-request'
   * where not every SDK could read it.
   */
  readonly processLine: (sessionId: string) => string;
}

/** What the session's section says. Throws Problem 'invalid-request'. */
export function settingsOf(
  { processLine }: Pick<SectionParts, 'processLine'>,
  target: ProfileTarget,
  credentials: AwsCredentials,
): OwnSettings {
  return target.kind === 'credentials'
    ? keySettings(credentials, target)
    : processSettings(processLine(target.sessionId), target);
}

/** How this delivery edits `file`. */
export function editOf(
  { undoFolder, writesInPlace }: Pick<SectionParts, 'undoFolder' | 'writesInPlace'>,
  file: string,
): SwapLocation {
  return { file, undoFolder, inPlace: writesInPlace(), isAppendable: true };
}
