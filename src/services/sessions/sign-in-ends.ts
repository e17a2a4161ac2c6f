import type { StintEvent } from '../../models/event.ts';
import type { Session } from '../../models/session.ts';
import { partitionOf } from '../providers/federated-sign-in.ts';

/** Whether the sign-in of a session ends. */
export type SignInEnds = (session: Session) => boolean;

/** The end of the sign-in of `session`, which federated sessions may share. */
export function signInOf(session: Session): SignInEnds {
  const isFederated = session.type === 'awsIamRoleFederated';
  const partition = isFederated ? partitionOf(session) : undefined;
  return (other) =>
    other.sessionId === session.sessionId ||
    (other.type === 'awsIamRoleFederated' && partitionOf(other) === partition);
}

/**
 * Whose sign-in `event` ends: that of an integration which is logged out or removed, of an identity
 * provider which is changed or removed, or of a removed session. Undefined for any other event.
 */
export function signInsEndedBy(event: StintEvent): SignInEnds | undefined {
  switch (event.type) {
    case 'integration': {
      const { integrationId, status } = event.integration;
      return status === 'logged-out' ? ofIntegration(integrationId) : undefined;
    }
    case 'integration-removed':
      return ofIntegration(event.integrationId);
    case 'idp':
      return ofIdentityProvider(event.idp.idpId);
    case 'idp-removed':
      return ofIdentityProvider(event.idpId);
    case 'session-removed':
      // Of no session that is still there; what is chained to the removed one counts as well.
      return () => false;
    case 'session':
    case 'prompt':
    case 'prompt-closed':
    case 'history':
    case 'settings':
    case 'vault':
      return undefined;
  }
}

function ofIntegration(integrationId: string): SignInEnds {
  return (session) => 'integrationId' in session && session.integrationId === integrationId;
}

function ofIdentityProvider(idpId: string): SignInEnds {
  return (session) => session.type === 'awsIamRoleFederated' && session.idpId === idpId;
}
