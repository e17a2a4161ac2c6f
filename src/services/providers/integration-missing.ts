import { Problem } from '../../models/problem.ts';
import type { AwsSsoRoleSession, AzureSession } from '../../models/session.ts';

/** What a session is told whose integration is no more. */
export function integrationMissing({
  sessionId,
  sessionName,
  integrationId,
}: AwsSsoRoleSession | AzureSession): Problem {
  return new Problem('dependency-missing', {
    detail: `Session ${sessionName} belongs to integration ${integrationId}, which was removed.`,
    next: 'Add the integration again and sync it, then remove this session.',
    sessionId,
  });
}
