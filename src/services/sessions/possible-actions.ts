import type { AzureIntegration, Integration } from '../../models/integration.ts';
import { isUnderWay } from '../../models/run-state.ts';
import { isAwsSession, type Session, type SessionAction } from '../../models/session.ts';
import type { Settings } from '../../models/settings.ts';
import type { Clock } from '../clock/clock.ts';
import { isExtendable } from './extend.ts';
import { isArchived } from './session-problems.ts';
import { limitErrors } from './unseen-readers.ts';

/** What decides, beside the session itself, whether something can be done with it. */
export interface Circumstances {
  readonly clock: Pick<Clock, 'now'>;
  readonly elapsed: Pick<Clock, 'offset'>;
  readonly repository: { readonly find: (sessionId: string) => Session | undefined };
  readonly workspace: {
    integrations(): readonly Integration[];
    identityProviders(): readonly { readonly idpId: string }[];
    settings(): Pick<Settings, 'maxExtendedSeconds'>;
  };
  readonly usualDelivery: (session: Session) => string;
  readonly awsIamUser: { readonly lacksKeys: (sessionId: string) => boolean };
  readonly azureSignIn: { readonly lacksSecrets: (integration: AzureIntegration) => boolean };
}

/**
 * What can be done with the session now, as far as the workspace and an open vault say; no cloud is asked.
 * Nothing is named here that the rules of sessions would refuse.
 */
export function possibleActions(
  session: Session,
  circumstances: Circumstances,
): ReadonlySet<SessionAction> {
  const { clock, elapsed, workspace, usualDelivery, awsIamUser } = circumstances;
  const longest = workspace.settings().maxExtendedSeconds;
  const { status } = session;
  const isOver = isArchived(session, clock.now());
  const isRenewable = isUnderWay(session) && isComplete(session, circumstances);
  const can: Readonly<Record<SessionAction, boolean>> = {
    start:
      status === 'inactive' &&
      !isOver &&
      isComplete(session, circumstances) &&
      limitErrors(session, usualDelivery(session)).length === 0,
    stop: status !== 'inactive',
    rotate: isRenewable,
    extend: !isOver && isExtendable(session, longest, -(elapsed.offset ?? 0)),
    'rotate-keys':
      session.type === 'awsIamUser' &&
      session.archivedAt === undefined &&
      !awsIamUser.lacksKeys(session.sessionId) &&
      session.keyRotation?.step !== 'old-key-waiting',
    restore: status === 'inactive' && isOver,
    update: true,
    delete: true,
  };
  return new Set((Object.keys(can) as SessionAction[]).filter((action) => can[action]));
}

/** Whether everything that it depends on is there, along the whole chain. */
function isComplete(
  session: Session,
  circumstances: Circumstances,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  const { repository, workspace } = circumstances;
  switch (session.type) {
    case 'awsIamUser':
      return !circumstances.awsIamUser.lacksKeys(session.sessionId);
    case 'awsIamRoleFederated':
      return workspace.identityProviders().some(({ idpId }) => idpId === session.idpId);
    case 'awsIamRoleChained': {
      const parent = repository.find(session.parentSessionId);
      if (parent === undefined || !isAwsSession(parent) || seen.has(parent.sessionId)) return false;
      return isComplete(parent, circumstances, new Set([...seen, session.sessionId]));
    }
    case 'awsSsoRole':
    case 'azure': {
      const { integrationId } = session;
      const integration = workspace
        .integrations()
        .find((one) => one.integrationId === integrationId);
      if (integration?.kind !== 'azure') return integration !== undefined;
      return !circumstances.azureSignIn.lacksSecrets(integration);
    }
  }
}
