import type { Session } from '../connection/owner-client.ts';
import { awaitsRenewal } from '../../models/run-state.ts';
import { accountText, endReasonText, roleOf, typeText } from './session-text.ts';

/** A text whose ending is never cut. */
export interface CutText {
  readonly before: string;
  readonly ending: string;
}

/** How much of a long text without a better place to cut keeps its end. */
const endingLength = 12;

/** A profile, cut before the name of the role, which distinguishes it from others of its account. */
export function profileParts(session: Session): CutText {
  if (!('profileName' in session)) return { before: '–', ending: '' };
  const { profileName } = session;
  const role = roleOf(session)?.split('/').at(-1) ?? '';
  if (role !== '' && role.length < 28 && profileName.endsWith(role)) {
    return cutBefore(profileName, role.length);
  }
  return cutBefore(profileName, Math.min(endingLength, Math.floor(profileName.length / 2)));
}

/** An ARN, cut before the name at its end. */
export function arnParts(arn: string): CutText {
  const name = arn.split(/[/:]/).at(-1) ?? '';
  return cutBefore(arn, Math.min(name.length, 24));
}

function cutBefore(text: string, length: number): CutText {
  return { before: text.slice(0, text.length - length), ending: text.slice(text.length - length) };
}

/** Beside the name: what is unusual about the session, in a few words; undefined for nothing. */
export function smallText(session: Session, source: string | undefined): string | undefined {
  const parts: string[] = [];
  if (session.type === 'awsIamRoleChained') parts.push(source ?? 'chained');
  else if (session.type !== 'awsSsoRole') parts.push(typeText(session));
  if (session.type === 'azure') {
    parts.push(...[accountText(session), source].filter((part) => part !== undefined));
  }
  if (session.status === 'pending') {
    parts.push(awaitsRenewal(session) ? 'credentials expired, renewing…' : 'starting…');
  } else if (session.status === 'inactive') {
    if (session.vanishedAt !== undefined) parts.push('no longer available');
    const reason = session.lastEnd?.reason ?? 'stopped';
    if (session.startDateTime !== '' && reason !== 'stopped') parts.push(endReasonText(reason));
  }
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** The programs that use a session: the first one and how many more, and all of them; undefined for none. */
export function usersText(
  programs: readonly string[],
): { readonly short: string; readonly inFull: string } | undefined {
  const [first, ...more] = programs;
  if (first === undefined) return undefined;
  return {
    short: more.length === 0 ? first : `${first} +${more.length}`,
    inFull: programs.join(', '),
  };
}
