import type { AwsIamRoleFederatedSession } from '../../models/session.ts';
import type { OfferedRole } from '../sign-in/saml-assertion.ts';
import type { ProviderRequest } from './provider.ts';
import { notOffered } from './saml-problem.ts';

/**
 * The role that a session takes of those the identity provider offers: its own, else the one a person
 * chooses, which the session keeps. Undefined if it keeps its own, or if only AWS can read the offer.
 * Throws Problem 'cloud-refused' if nobody is there to choose, or no role is offered.
 */
export async function chooseRole(
  offered: readonly OfferedRole[] | undefined,
  { session, attended, ask }: ProviderRequest<AwsIamRoleFederatedSession>,
): Promise<OfferedRole | undefined> {
  const { roleArn, idpArn, sessionName } = session;
  const isOwn = (role: OfferedRole) => role.roleArn === roleArn && role.idpArn === idpArn;
  if (offered === undefined || offered.some(isOwn)) return undefined;
  if (offered.length === 0 || attended !== true) throw notOffered(offered, session);
  const choices = offered.map((role) => role.roleArn);
  const answer = await ask({
    kind: 'choice',
    choices,
    text: `${roleArn} is no longer available to ${sessionName}. Choose the role to use from now on.`,
  });
  const chosen =
    offered.find((role) => role.roleArn === answer.trim()) ?? offered[Number(answer) - 1];
  if (chosen === undefined) throw notOffered(offered, session);
  return chosen;
}
