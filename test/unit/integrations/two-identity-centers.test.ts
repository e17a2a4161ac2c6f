import { describe, expect, it } from 'vitest';
import type { AwsSsoIntegration } from '../../../src/models/integration.ts';
import type { AwsSsoRoleSession, Session } from '../../../src/models/session.ts';
import { roleSessions } from '../../../src/services/integrations/aws-sso/role-sessions.ts';
import { matchSessions } from '../../../src/services/integrations/match-sessions.ts';

const kind = roleSessions(() => ({ defaultRegion: 'eu-west-1' }) as never);

const center = (name: string, integrationId: string): AwsSsoIntegration => ({
  kind: 'awsSso',
  integrationId,
  name,
  startUrl: `https://${name}.awsapps.com/start`,
  region: 'eu-west-1',
  status: 'logged-in',
});
const acme = center('acme', '11111111-1111-4111-8111-111111111111');
const beta = center('beta', '22222222-2222-4222-8222-222222222222');

type Account = readonly [accountId: string, accountName: string];

/** The sessions after one more sync, of role Admin in these accounts. */
function synced(
  sessions: readonly Session[],
  integration: AwsSsoIntegration,
  ...accounts: readonly Account[]
): readonly Session[] {
  const offers = accounts.map(([accountId, accountName]) => ({
    sessionName: `${accountName} / Admin`,
    fields: { accountId, accountName, roleName: 'Admin' },
  }));
  const { add, change } = matchSessions(
    { offers, skipped: [] },
    { kind, sessions, integration, integrations: [acme, beta], now: 0 },
  );
  const changed = sessions.map((one) => change.get(one.sessionId)?.(one) ?? one);
  return [...changed, ...add];
}

/** `INTEGRATION ACCOUNT: PROFILE`, sorted. */
const profiles = (sessions: readonly Session[]) =>
  (sessions as readonly AwsSsoRoleSession[])
    .map(({ integrationId, accountId, profileName }) => {
      const { name } = integrationId === acme.integrationId ? acme : beta;
      return `${name} ${accountId}: ${profileName}`;
    })
    .sort();

const audit: Account = ['111111111111', 'Audit'];
const otherAudit: Account = ['222222222222', 'Audit'];
const prod: Account = ['333333333333', 'Prod'];

describe('the profile names of two Identity Centers', () => {
  it('are the same, whichever is synced first', () => {
    const oneFirst = synced(synced([], acme, audit, prod), beta, otherAudit, prod);
    const otherFirst = synced(synced([], beta, otherAudit, prod), acme, audit, prod);
    expect(profiles(oneFirst)).toEqual([
      'acme 111111111111: Audit-Admin-111111111111',
      'acme 333333333333: Prod-Admin-acme',
      'beta 222222222222: Audit-Admin-222222222222',
      'beta 333333333333: Prod-Admin-beta',
    ]);
    expect(profiles(otherFirst)).toEqual(profiles(oneFirst));
    expect(profiles(synced(oneFirst, acme, audit, prod))).toEqual(profiles(oneFirst));
  });

  it('stay where a session was started, or a person named its profile', () => {
    const [first, second] = synced([], acme, audit, prod);
    const used = [
      { ...first, startDateTime: '2026-11-20T12:00:00.000Z' },
      { ...second, profileName: 'mine' },
    ] as readonly Session[];
    expect(profiles(synced(used, beta, otherAudit, prod))).toEqual([
      'acme 111111111111: Audit-Admin',
      'acme 333333333333: mine',
      'beta 222222222222: Audit-Admin-222222222222',
      'beta 333333333333: Prod-Admin-beta',
    ]);
  });

  it('stay with a session that is started during the sync', () => {
    const [first] = synced([], acme, audit);
    if (first === undefined) throw new Error('unreachable');
    const { change } = matchSessions(
      {
        offers: [
          {
            sessionName: 'Audit / Admin',
            fields: { accountId: '222222222222', accountName: 'Audit', roleName: 'Admin' },
          },
        ],
        skipped: [],
      },
      { kind, sessions: [first], integration: beta, integrations: [acme, beta], now: 0 },
    );
    const rename = change.get(first.sessionId);
    expect(rename?.(first)).toMatchObject({ profileName: 'Audit-Admin-111111111111' });
    expect(rename?.({ ...first, status: 'pending' })).toMatchObject({ profileName: 'Audit-Admin' });
  });

  it('stay with a published profile', () => {
    const [first] = synced([], acme, audit);
    if (first === undefined) throw new Error('unreachable');
    const fields = { accountId: '222222222222', accountName: 'Audit', roleName: 'Admin' };
    const { change } = matchSessions(
      { offers: [{ sessionName: 'Audit / Admin', fields }], skipped: [] },
      {
        ...{ kind, sessions: [first], integration: beta, integrations: [acme, beta], now: 0 },
        inUse: new Set([first.sessionId]),
      },
    );
    expect([...change]).toEqual([]);
  });
});

describe('a changed template', () => {
  const byAccount = { ...kind, profileTemplate: () => '{accountId}.{role}' };

  it('names what is new, and keeps the names there are', () => {
    const before = synced([], acme, audit);
    const offer = (account: Account) => ({
      sessionName: `${account[1]} / Admin`,
      fields: { accountId: account[0], accountName: account[1], roleName: 'Admin' },
    });
    const { add, change } = matchSessions(
      { offers: [offer(audit), offer(prod)], skipped: [] },
      { kind: byAccount, sessions: before, integration: acme, integrations: [acme], now: 0 },
    );
    expect(profiles(add)).toEqual(['acme 333333333333: 333333333333.Admin']);
    expect([...change]).toEqual([]);
  });
});
