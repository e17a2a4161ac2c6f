import { describe, expect, it } from 'vitest';
import type { Integration } from '../../../src/models/integration.ts';
import type { Session } from '../../../src/models/session.ts';
import { possibleActions } from '../../../src/services/sessions/possible-actions.ts';

const now = Date.UTC(2026, 0, 31, 12);
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();

const user = {
  type: 'awsIamUser',
  sessionId: '4f2a9c1e-7b3d-4e8a-9f10-2c5d6e7f8a9b',
  sessionName: 'anna',
  region: 'eu-west-1',
  status: 'inactive',
} as Session;
const chained = {
  ...user,
  type: 'awsIamRoleChained',
  sessionId: '0c8f7a52-7b3d-4e8a-9f10-2c5d6e7f8a9b',
  parentSessionId: user.sessionId,
} as Session;
const sso = { ...user, type: 'awsSsoRole', integrationId: 'acme' } as Session;
const azure = { ...user, type: 'azure', integrationId: 'azure' } as Session;
const running = {
  ...user,
  status: 'active',
  run: { id: 'r', startedAt: at(-60), endsAt: at(60), limits: { maxSessionSeconds: 7200 } },
} as Session;

const integration = (integrationId: string) =>
  ({ integrationId, kind: integrationId === 'azure' ? 'azure' : 'awsSso' }) as Integration;

const actions = (
  session: Session,
  {
    sessions = [user],
    integrations = ['acme'],
    longestRun = 86_400,
    delivery = 'x',
    withoutKeys = '',
  } = {},
) =>
  [
    ...possibleActions(session, {
      clock: { now: () => now },
      elapsed: { offset: 0 },
      repository: { find: (id) => sessions.find(({ sessionId }) => sessionId === id) },
      workspace: {
        integrations: () => integrations.map((integrationId) => integration(integrationId)),
        identityProviders: () => [],
        settings: () => ({ maxExtendedSeconds: longestRun }),
      },
      usualDelivery: () => delivery,
      awsIamUser: { lacksKeys: (id) => id === withoutKeys },
      azureSignIn: { lacksSecrets: ({ integrationId }) => integrationId === withoutKeys },
    }),
  ].filter((action) => action !== 'update' && action !== 'delete');

describe('what can be done with a session', () => {
  it.each<[what: string, ...Parameters<typeof actions>, expected: readonly string[]]>([
    ['that is inactive', user, {}, ['start', 'rotate-keys']],
    ['that is active', running, {}, ['stop', 'rotate', 'extend', 'rotate-keys']],
    ['past its validity', { ...user, validUntil: at(-1) }, {}, ['rotate-keys', 'restore']],
    ['that is archived', { ...user, archivedAt: at(-1) }, {}, ['restore']],
    ['without its access keys', user, { withoutKeys: user.sessionId }, []],
    ['whose parent has no access keys', chained, { withoutKeys: user.sessionId }, []],
    ['without its parent', chained, { sessions: [] }, []],
    ['with its parent', chained, {}, ['start']],
    [
      'in a chain that leads back to it',
      chained,
      {
        sessions: [
          { ...chained, parentSessionId: chained.sessionId } as never,
          { ...chained, sessionId: user.sessionId, parentSessionId: chained.sessionId } as never,
        ],
      },
      [],
    ],
    ['whose integration was removed', sso, { integrations: [] }, []],
    ['whose integration is there', sso, {}, ['start']],
    ['of an Azure application', azure, { integrations: ['azure'] }, ['start']],
    [
      'of an Azure application without its secret',
      azure,
      { integrations: ['azure'], withoutKeys: 'azure' },
      [],
    ],
    ['at its longest run', running, { longestRun: 7200 }, ['stop', 'rotate', 'rotate-keys']],
    [
      'whose validity ends with its run',
      { ...running, validUntil: at(60) },
      {},
      ['stop', 'rotate', 'rotate-keys'],
    ],
    [
      'whose limits count readers that Stint cannot see',
      { ...user, limits: { maxLeases: 1 } },
      { delivery: 'credentials-file' },
      ['rotate-keys'],
    ],
    ['that asks a person', { ...user, status: 'pending' }, {}, ['stop', 'rotate-keys']],
    [
      'whose old access key waits',
      { ...user, keyRotation: { step: 'old-key-waiting', oldKey: 'x', since: at(0) } } as Session,
      {},
      ['start'],
    ],
  ])('%s', (_what, session, circumstances, expected) => {
    expect(actions(session, circumstances)).toEqual(expected);
  });
});
