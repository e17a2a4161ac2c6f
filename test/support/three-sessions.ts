import type { ScratchApi } from './scratch-api.ts';

/** Access keys as the command reads them from the environment. */
export const accessKeyVariables = {
  STINT_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  STINT_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
};

/** Adds `payments`, `reporting`, and `audit`, a role chained to `payments`. */
export async function addThreeSessions(owner: ScratchApi): Promise<void> {
  const { session } = await owner.addUser('payments', { fields: { labels: ['web'] } });
  await owner.addUser('reporting', { fields: { labels: ['web', 'old'] } });
  await owner.stint.sessions.create({
    fields: {
      type: 'awsIamRoleChained',
      sessionName: 'audit',
      region: 'eu-west-1',
      parentSessionId: session.sessionId,
      roleArn: 'arn:aws:iam::447109328810:role/Audit',
      roleSessionName: 'anna',
    },
    by: 'anna',
  });
}
