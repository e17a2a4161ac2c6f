import type { LeappSegment, LeappSession, LeappWorkspace } from './workspace.ts';

type Filters = LeappSegment['filterGroup'];
type Filter = (session: LeappSession) => boolean;

/**
 * Whether a session is in a segment, by the rules of Leapp's command bar: each filter that has a value
 * must match, by one of its values. Undefined for a segment without any filter, which shows everything.
 */
export function segmentFilter(
  filters: Filters,
  { pinned, profiles }: Pick<LeappWorkspace, 'pinned' | 'profiles'>,
): Filter | undefined {
  const all = [
    searchFilter(filters.searchFilter, profiles),
    oneOf(idsOf(filters.providerFilter), ({ type }, id) => has(type, id)),
    oneOf(idsOf(filters.profileFilter), ({ profileId }, id) => profileId === id),
    oneOf(namesOf(filters.regionFilter), ({ region }, name) => has(region, name)),
    oneOf(idsOf(filters.typeFilter), ({ type }, id) => type === id),
    // An integration's `name` is its id here.
    oneOf(namesOf(filters.integrationFilter), (session, id) => integrationOf(session) === id),
    filters.pinnedFilter
      ? ({ sessionId }: LeappSession) => sessionId !== undefined && pinned.has(sessionId)
      : undefined,
  ].filter((filter) => filter !== undefined);
  return all.length === 0 ? undefined : (session) => all.every((filter) => filter(session));
}

function oneOf(
  values: readonly string[],
  matches: (session: LeappSession, value: string) => boolean,
): Filter | undefined {
  if (values.length === 0) return undefined;
  return (session) => values.some((value) => matches(session, value));
}

function searchFilter(text: string, profiles: LeappWorkspace['profiles']): Filter | undefined {
  if (text === '') return undefined;
  const wanted = text.toLowerCase();
  return (session) => {
    const { sessionName, type, region, email, roleArn, idpArn, roleSessionName, profileId } =
      session;
    const profile = profileId === undefined ? undefined : profiles.get(profileId);
    return [sessionName, type, region, email, roleArn, idpArn, roleSessionName, profile].some(
      (one) => has(one?.toLowerCase(), wanted),
    );
  };
}

function has(text: string | undefined, part: string): boolean {
  return text?.includes(part) === true;
}

export function integrationOf(session: LeappSession): string | undefined {
  const { awsSsoConfigurationId, azureIntegrationId, azureConfigurationId } = session;
  return awsSsoConfigurationId ?? azureIntegrationId ?? azureConfigurationId;
}

function idsOf(filter: Filters['typeFilter']): readonly string[] {
  return filter.flatMap(({ id, value }) => (value && id !== undefined ? [id] : []));
}

function namesOf(filter: Filters['typeFilter']): readonly string[] {
  return filter.flatMap(({ name, value }) => (value && name !== undefined ? [name] : []));
}
