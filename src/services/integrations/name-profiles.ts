import { profileBase } from '../../models/delivery.ts';
import type { Integration } from '../../models/integration.ts';
import { defaultProfileTemplate, profileText } from '../../models/profile-template.ts';
import type { AwsSsoRoleSession, Session } from '../../models/session.ts';
import { profilesInUse } from '../sessions/session-record.ts';
import { portalOf, profileNames, type NamedRole } from './profile-names.ts';
import { remembered } from './remembered.ts';
import type { Offer } from './source.ts';

/** How a sync names the profiles of an Identity Center's sessions. */
export interface ProfileNaming {
  /** The profile name of a new session; no later one gets it too. */
  nameOf(offer: Offer): string;
  /**
   * The new profile names, by session id, of sessions whose name turns out to be that of others too.
   * Those that were ever started, or whose profile is published or was named by a person, keep theirs:
   * programs use it.
   */
  readonly renamed: ReadonlyMap<string, string>;
  /** Whether nobody can rely on the profile name of a session yet. */
  isUnused(session: AwsSsoRoleSession): boolean;
}

/** `automaticName`: what a session is called, unless a person chose another name. */
export function profileNaming(
  offers: readonly Offer[],
  {
    integration,
    integrations,
    sessions,
    inUse = new Set(),
    template = defaultProfileTemplate,
    automaticName,
  }: {
    readonly integration: Integration;
    readonly integrations: readonly Integration[];
    readonly sessions: readonly Session[];
    readonly inUse?: ReadonlySet<string> | undefined;
    readonly template?: string | undefined;
    readonly automaticName: (session: Session) => string;
  },
): ProfileNaming {
  const portals = new Map(
    integrations.flatMap((one) =>
      one.kind === 'awsSso' ? [[one.integrationId, portalOf(one.startUrl)] as const] : [],
    ),
  );
  const names = new Map(integrations.map((one) => [one.integrationId, one.name]));
  const roleOfOffer = ({ sessionName, fields }: Offer): NamedRole => ({
    integrationId: integration.integrationId,
    accountId: fields['accountId'] ?? '',
    roleName: fields['roleName'] ?? '',
    profileText: profileText(template, { ...fields, sessionName }, integration.name),
    portal: portals.get(integration.integrationId),
  });
  const roleOfSession = (session: AwsSsoRoleSession): NamedRole => {
    const { integrationId, accountId, accountName, roleName } = session;
    const named = { sessionName: automaticName(session), accountId, accountName, roleName };
    const portal = portals.get(integrationId);
    const text = profileText(template, named, names.get(integrationId));
    return { integrationId, accountId, roleName, profileText: text, portal };
  };
  // An offer and its session mostly have the same text, which is looked at several times.
  const baseOf = remembered(profileBase);
  const existing = sessions.filter((one) => one.type === 'awsSsoRole');
  const nameOf = profileNames(
    [
      ...offers.map(roleOfOffer),
      ...existing
        .filter(({ integrationId }) => integrationId !== integration.integrationId)
        .map(roleOfSession),
    ],
    baseOf,
  );
  const taken = profilesInUse(sessions);
  const renamed = new Map<string, string>();
  for (const session of existing) {
    const role = roleOfSession(session);
    if (inUse.has(session.sessionId) || !isUnused(session, role, baseOf)) continue;
    taken.delete(session.profileName);
    const name = nameOf(role, taken);
    taken.add(name);
    if (name !== session.profileName) renamed.set(session.sessionId, name);
  }
  return {
    nameOf(offer) {
      const name = nameOf(roleOfOffer(offer), taken);
      taken.add(name);
      return name;
    },
    renamed,
    isUnused: (session) =>
      !inUse.has(session.sessionId) && isUnused(session, roleOfSession(session), baseOf),
  };
}

/** Whether nobody can rely on the profile's name yet: it is the plain one, and never had credentials. */
function isUnused(
  { status, startDateTime, onDemand, profileName }: AwsSsoRoleSession,
  { portal, profileText: text }: Pick<NamedRole, 'portal' | 'profileText'>,
  baseOf: (text: string) => string,
): boolean {
  return (
    status === 'inactive' &&
    startDateTime === '' &&
    onDemand !== true &&
    portal !== undefined &&
    profileName === baseOf(text)
  );
}
