import type { Example } from './example.ts';

const session = { path: { id: '$SESSION' } };
const lease = { path: { id: '$LEASE' } };
const integration = { path: { id: '$INTEGRATION' } };
const idp = { path: { id: '$IDP' } };

/** An example of each route, by its operationId; test/contract/examples.test.ts runs all of them. */
export const examples: Readonly<Record<string, Example>> = {
  getHealth: {},
  handshake: { body: { nonce: 'q83vEjRWeJCrze8SNFZ4kA' } },
  getOwner: {},
  createWindowAddress: {},
  restoreVault: { body: { from: 'previous' } },
  releaseOwner: {},
  stopOwner: {},
  getRelease: {},
  checkRelease: {},
  getOpenApi: {},

  listSessions: { query: { status: 'inactive', type: 'awsIamUser', sort: '-startDateTime' } },
  createSession: {
    headers: { 'Idempotency-Key': '"7d0c6f3e-18a4-4b7c-9a52-3f61e8d2c905"' },
    body: {
      type: 'awsIamUser',
      sessionName: 'payments',
      region: 'eu-west-1',
      profileName: 'payments',
      limits: { maxSessionSeconds: 28800 },
      secrets: { accessKeyId: '$ACCESS_KEY_ID', secretAccessKey: '$SECRET_ACCESS_KEY' },
    },
  },
  testSession: {
    body: {
      type: 'awsIamUser',
      sessionName: 'payments',
      region: 'eu-west-1',
      secrets: { accessKeyId: '$ACCESS_KEY_ID', secretAccessKey: '$SECRET_ACCESS_KEY' },
    },
  },
  getSession: session,
  replaceSession: {
    ...session,
    headers: { 'If-Match': '$ETAG' },
    body: {
      type: 'awsIamUser',
      sessionName: 'payments',
      region: 'eu-central-1',
      profileName: 'payments',
      limits: { maxSessionSeconds: 28800 },
    },
  },
  updateSession: { ...session, body: { pinned: true, labels: ['team-a'] } },
  deleteSession: session,
  startSession: { ...session, body: {} },
  rotateSession: session,
  extendSession: { ...session, body: { seconds: 3600 } },
  restoreSession: { ...session, body: { validUntil: '2027-12-31T18:00:00Z' } },
  stopSession: session,
  forgetSession: session,
  listRuns: { ...session, query: { ended: 'false' } },
  openConsole: { path: { id: '$ROLE_SESSION' }, body: { service: 's3' } },
  rotateAccessKeys: { ...session, body: {} },

  getCredentials: session,
  copyCredentials: session,
  openLease: { ...session, body: { kind: 'endpoint' } },
  listLeases: { ...session, query: { open: 'true' } },
  getLease: lease,
  getLeaseCredentials: lease,
  closeLease: lease,
  getOwnLease: { headers: { Authorization: '$LEASE_TOKEN' } },
  getContainerCredentials: { ...session, headers: { Authorization: '$LEASE_TOKEN' } },
  getIdentityToken: {
    path: { id: '$AZURE_SESSION' },
    query: { 'api-version': '2019-08-01', resource: 'https://vault.azure.net' },
    headers: { 'X-Identity-Header': '$AZURE_LEASE_TOKEN' },
  },
  getIdentityTokenAsVirtualMachine: {
    path: { id: '$AZURE_SESSION', leaseToken: '$AZURE_LEASE_TOKEN' },
    query: { 'api-version': '2018-02-01', resource: 'https://vault.azure.net' },
    headers: { Metadata: 'true' },
  },

  listIntegrations: { query: { kind: 'awsSso' } },
  createIntegration: {
    body: { kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl: '$START_URL' },
  },
  getIntegration: integration,
  updateIntegration: { ...integration, body: { name: 'acme-main' } },
  signInIntegration: { ...integration, body: { method: 'device-code' } },
  syncIntegration: integration,
  signOutIntegration: integration,
  deleteIntegration: { ...integration, query: { sessions: 'remove' } },
  listIdentityProviders: {},
  createIdentityProvider: { body: { name: 'Okta', url: 'https://acme.okta.com/app/aws/sso/saml' } },
  getIdentityProvider: idp,
  updateIdentityProvider: { ...idp, body: { name: 'Okta Europe' } },
  deleteIdentityProvider: idp,

  listProfiles: { query: { published: 'false' } },
  publishProfiles: { body: { profileNames: ['payments'] } },
  renameProfile: { body: { from: 'payments', to: 'payments-prod' } },
  unpublishProfiles: { body: { all: true } },
  exportSetUp: {},
  import: { body: { from: 'aws-config', apply: true } },
  undoImport: { body: { apply: true } },

  listPrompts: { query: { kind: 'mfa' } },
  answerPrompt: { path: { id: '$PROMPT' }, body: { answer: '$CODE' } },
  streamEvents: {},
  listHistory: { query: { session: '$SESSION', limit: '20' } },
  verifyHistory: {},
  exportHistory: { query: { from: '2026-01-01T00:00:00Z', format: 'csv' } },

  getSettings: {},
  updateSettings: { body: { defaultRegion: 'eu-central-1', onQuit: 'keep-sessions' } },
  createToken: { body: { name: 'ci', role: 'operator', expires_in: 3600 } },
  listTokens: { query: { state: 'valid' } },
  verifyToken: { body: { token: '$NEW_TOKEN' } },
  revokeToken: { path: { id: '$TOKEN_ID' } },
  resetSigningKey: { body: {} },
  listChanges: { query: { session: '$SESSION' } },
  restoreChange: { path: { id: '$CHANGE' } },
  lockVault: {},
  unlockVault: { body: { passphrase: '$PASSPHRASE' } },
  changePassphrase: {
    body: { method: 'passphrase', current: '$PASSPHRASE', passphrase: '$NEW_PASSPHRASE' },
  },
  getMetrics: {},
};
