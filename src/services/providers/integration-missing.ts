import { Problem } from '../../models/problem.ts';
import type { AwsSsoRoleSession, AzureSession } from '../../models/session.ts';

/** Problem 'dependency-missing' for a session whose integration was removed. */
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
