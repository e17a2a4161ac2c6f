import type { Profile } from '../../models/profile.ts';
import { endpointUrlOf } from '../../models/session-fields.ts';
import { isAwsSession, type AwsSession, type Session } from '../../models/session.ts';
import type { PublishedProfile } from '../delivery/published-profiles.ts';
import { effective } from '../sessions/session-record.ts';
import { newProfileNameErrors } from '../validation/new-profile-name.ts';

/** How a session uses a profile. */
export function profileSession(
  session: AwsSession,
  deliveryOf: (session: Session) => string,
): Profile['sessions'][number] {
  const { sessionId, sessionName, region, status, profileName } = session;
  const run = effective(session);
  const deliveredAs = isAwsSession(run) ? run.profileName : profileName;
  return {
    sessionId,
    sessionName,
    region,
    status,
    delivery: deliveryOf(session),
    ...(deliveredAs === profileName ? {} : { deliveredAs }),
  };
}

/** Every profile of `sessions`, and those that are published for one that is gone, by name. */
export function listProfiles(
  sessions: readonly AwsSession[],
  published: readonly PublishedProfile[],
  deliveryOf: (session: Session) => string,
): readonly Profile[] {
  const rows = new Map(published.map((row) => [row.profileName, row]));
  const byName = Map.groupBy(sessions, ({ profileName }) => profileName);
  const gone = goneOf(published, sessions);
  const names = [...new Set([...byName.keys(), ...gone.map((row) => row.profileName)])].sort();
  return names.map((profileName) => {
    const row = rows.get(profileName);
    const warning = ignoredBecause(profileName);
    return {
      profileName,
      sessions: (byName.get(profileName) ?? []).map((one) => profileSession(one, deliveryOf)),
      published: row !== undefined,
      ...(row === undefined ? {} : { publishedFor: row.sessionId }),
      ...(row !== undefined && gone.includes(row) ? { sessionGone: true } : {}),
      ...(warning === undefined ? {} : { warning }),
    };
  });
}

/** Published profiles whose session is gone. */
export function goneOf(
  published: readonly PublishedProfile[],
  sessions: readonly Session[],
): readonly PublishedProfile[] {
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  return published.filter(({ sessionId }) => !known.has(sessionId));
}

/** Why some SDKs ignore a profile of this name; undefined where all read it. */
export function ignoredBecause(profileName: string): string | undefined {
  const [error] = newProfileNameErrors(profileName, undefined);
  return error && `${profileName} ${error.message}`;
}

/** The profile to publish for a session. */
export function profileOf(session: AwsSession): Omit<PublishedProfile, 'file'> {
  const { sessionId, profileName, region } = session;
  const endpointUrl = endpointUrlOf(session);
  return { sessionId, profileName, region, ...(endpointUrl === undefined ? {} : { endpointUrl }) };
}

/** Whether a session no longer is as its published profile says. */
export function isOutdated(row: PublishedProfile, session: AwsSession): boolean {
  const now = profileOf(session);
  return (
    row.profileName !== now.profileName ||
    row.region !== now.region ||
    row.endpointUrl !== now.endpointUrl
  );
}
