import type { Session } from '../../../src/app/connection/owner-client.ts';

const kept = {
  status: 'inactive',
  startDateTime: '',
  duration: 3600,
  createdAt: '2026-01-01T00:00:00Z',
  revision: 1,
  region: 'eu-west-1',
  labels: [],
  pinned: false,
  limits: {},
  actions: [],
  delivery: 'credentials-file',
  deliveryIsDefault: true,
} as const;

/** A role of IAM Identity Center, as the window gets it. */
export function ssoRole(accountName: string, roleName: string, more: object = {}): Session {
  return {
    ...kept,
    type: 'awsSsoRole',
    sessionId: `${accountName}/${roleName}`,
    sessionName: `${accountName} / ${roleName}`,
    profileName: `${accountName}-${roleName}`,
    integrationId: 'acme',
    accountId: '447109328810',
    accountName,
    roleName,
    email: `aws+${accountName}@acme.example`,
    ...more,
  } as unknown as Session;
}

export function iamUser(sessionName: string, more: object = {}): Session {
  return {
    ...kept,
    type: 'awsIamUser',
    sessionId: sessionName,
    sessionName,
    profileName: sessionName,
    ...more,
  } as unknown as Session;
}
