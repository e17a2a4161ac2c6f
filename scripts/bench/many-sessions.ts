import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v4 as uuid } from 'uuid';
import { newSession } from '../../src/services/sessions/session-record.ts';

/** How many sessions a large workspace has. */
export const many = 5000;

const integration = {
  integrationId: '5f0c7c52-92f1-4b1c-9d5e-8d6f6c1f2a11',
  kind: 'awsSso',
  name: 'acme',
  region: 'eu-west-1',
  startUrl: 'https://acme.awsapps.com/start',
  status: 'logged-out',
};

/** The text of a workspace file with so many sessions. */
export function workspaceOf(count: number): string {
  const sample = newSession(
    {
      type: 'awsSsoRole',
      sessionName: 'sample',
      region: 'eu-west-1',
      integrationId: integration.integrationId,
      accountId: '100000000000',
      accountName: 'sample',
      roleName: 'Operator',
    },
    { sessions: [], now: Date.parse('2026-11-20T12:00:00.000Z') },
  );
  const sessions = Array.from({ length: count }, (_, index) => ({
    ...sample,
    sessionId: uuid(),
    sessionName: `account-${index} / Operator`,
    accountId: String(100_000_000_000 + index),
    accountName: `account-${index}`,
    profileName: `account-${index}-operator`,
  }));
  const document = { version: 1, sessions, integrations: [integration], settings: {} };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Makes the home of somebody with so many sessions. */
export async function writeHome(home: string, count: number): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  await writeFile(join(home, 'workspace.json'), workspaceOf(count), { mode: 0o600 });
}
