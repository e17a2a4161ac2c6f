import type { AwsSession, Session } from '../../models/session.ts';

/**
 * Why AWS would refuse a duration for the session's console; undefined where it takes one. It
 * does with AssumeRole by long-term keys and with SAML; with role chaining "the call to the federation
 * endpoint fails" (IAM User Guide, "Enable custom identity broker access to the AWS console"), and for
 * Identity Center its permission set decides.
 */
export function lengthRefusal(
  session: AwsSession,
  find: (sessionId: string) => Session | undefined,
): string | undefined {
  switch (session.type) {
    case 'awsIamRoleFederated':
      return undefined;
    case 'awsIamRoleChained': {
      const parent = find(session.parentSessionId);
      if (parent?.type === 'awsIamUser' && parent.mfaSerial === undefined) return undefined;
      return 'must be omitted: AWS takes none for a role that was assumed with temporary credentials';
    }
    case 'awsSsoRole':
      return 'must be omitted: Identity Center decides how long its roles are signed in';
    case 'awsIamUser':
      return 'must be omitted: the console does not open for an IAM user';
  }
}
