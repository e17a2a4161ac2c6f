import { profileNameSchema } from '../../models/delivery.ts';
import type { Profile, PublicationResult } from '../../models/profile.ts';

/** How many profiles the page draws at once; the search finds the others. */
export const shownAtMost = 200;

/** One line of what a publication changes in the AWS config file. */
export interface DiffLine {
  readonly sign: '+' | '-';
  readonly text: string;
}

/** The sections that change, removed lines before added ones, as `stint profile publish` shows them. */
export function diffLines({ changes }: Pick<PublicationResult, 'changes'>): readonly DiffLine[] {
  return changes.flatMap(({ before = '', after = '' }) => [
    ...linesOf(before).map((text): DiffLine => ({ sign: '-', text })),
    ...linesOf(after).map((text): DiffLine => ({ sign: '+', text })),
  ]);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Whether a profile is in the AWS config file until it is unpublished, and for which session. */
export function publicationText(profile: Profile): string {
  if (!profile.published) return '–';
  if (profile.sessionGone === true) return 'Published, its session is gone';
  const [first, ...others] = profile.sessions;
  if (first === undefined || others.length === 0) return 'Published';
  const of = profile.sessions.find(({ sessionId }) => sessionId === profile.publishedFor);
  return of === undefined ? 'Published' : `Published for ${of.sessionName}`;
}

/** What changed, for the message after it. */
export function changedText({ changes, file }: PublicationResult): string {
  if (changes.length === 0) return `Nothing to change in ${file}.`;
  const [only] = changes;
  if (changes.length > 1 || only === undefined) return `${changes.length} profiles changed.`;
  return only.after === undefined
    ? `Profile ${only.profileName} is no longer published.`
    : `Profile ${only.profileName} is published.`;
}

/** Those with the words in their name or that of a session, in any case. */
export function matching(profiles: readonly Profile[], words: string): readonly Profile[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return profiles;
  return profiles.filter(({ profileName, sessions }) => {
    const text = [profileName, ...sessions.map(({ sessionName }) => sessionName)]
      .join(' ')
      .toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}

/** What is wrong with the new name of a profile, as a sentence; undefined for nothing. */
export function nameError(from: string, to: string): string | undefined {
  const { error } = profileNameSchema.safeParse(to);
  if (to.trim() === '') return 'Enter the new name.';
  if (to.trim() === from) return 'This is its name already.';
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return undefined;
  return issue.code === 'too_big'
    ? `The name must have at most ${String(issue.maximum)} characters.`
    : `The name ${issue.message}.`;
}
