import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AzureCredentials } from '../../../src/models/credentials.ts';
import type { SubscriptionTarget } from '../../../src/services/delivery/delivery.ts';
import {
  replacing,
  azureCredentials,
  azureScratchIn,
  azureTarget,
  foreignSubscription,
  foreignTables,
  tenants,
} from '../scratch-azure.ts';
import type { FuzzTarget } from './fuzz-target.ts';

/** Three sessions of one account in two tenants, one of a service principal, and one that takes the place of the first. */
const sessions: readonly SubscriptionTarget[] = [
  azureTarget(1),
  azureTarget(2),
  azureTarget(3, { tenantId: tenants.fabrikam }),
  azureTarget(4, { tenantId: tenants.fabrikam }),
  azureTarget(5, { subscriptionId: azureTarget(1).subscriptionId }),
];
const servicePrincipal = 3;

function credentialsOf(session: number, turn: number): AzureCredentials {
  const { tenantId } = sessions[session] ?? azureTarget(1);
  // Every third time the settings name no other resource.
  const others = turn % 3 === 2 ? { others: [] } : {};
  if (session !== servicePrincipal) return azureCredentials(turn, { tenantId, ...others });
  const username = '5e4f1ce0-0000-4000-8000-000000000001';
  const homeAccountId = `0b1ec7-sp.${tenants.fabrikam}`;
  const account = { kind: 'servicePrincipal', username, homeAccountId } as const;
  return azureCredentials(turn, { tenantId, account, ...others });
}

/** JSON layouts: Python's two, compact, and those of editors. */
const layouts = {
  pythonOneLine: (value: unknown) => oneLine(value, ', ', ': '),
  compact: (value: unknown) => JSON.stringify(value),
  pythonIndented: (value: unknown) => JSON.stringify(value, null, 4),
  twoSpaces: (value: unknown) => `${JSON.stringify(value, null, 2)}\n`,
  tabsAndCrLf: (value: unknown) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
} as const;

function oneLine(value: unknown, comma: string, colon: string): string {
  if (Array.isArray(value))
    return `[${value.map((one) => oneLine(one, comma, colon)).join(comma)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, one]) => JSON.stringify(key) + colon + oneLine(one, comma, colon),
  );
  return `{${members.join(comma)}}`;
}

const foreignEntry = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  name: fc.constantFrom('Pay as you go', 'Bezahlung für Übung', 'tab\tand "quotes"', '日本'),
  more: fc.constantFrom({}, { unknown: { deep: [1, 2.5, -3e10, null, true] } }, { empty: {} }),
});

const anyProfile = fc
  .record({
    bom: fc.constantFrom('\ufeff', ''),
    layout: fc.constantFrom(...Object.values(layouts)),
    entries: fc.uniqueArray(foreignEntry, { selector: ({ number }) => number, maxLength: 5 }),
    defaultAt: fc.integer({ min: 0, max: 8 }),
    before: fc.constantFrom({}, { installationId: 'x' }, { installationId: 'x', list: [] }),
    after: fc.constantFrom({}, { later: 1 }),
    table: fc.constantFrom('filled', 'filled', 'filled', 'null', 'absent'),
  })
  .map(({ bom, layout, entries, defaultAt, before, after, table }) => {
    const subscriptions = entries.map(({ number, name, more }, at) =>
      foreignSubscription(number, { name, isDefault: at === defaultAt, ...more }),
    );
    const filled =
      table === 'absent' ? {} : { subscriptions: table === 'null' ? null : subscriptions };
    const text = layout({ ...before, ...filled, ...after });
    // What JSON.stringify never writes: a name twice, a number that JavaScript cannot hold, NaN.
    return (
      bom + text.replace(/"later":(\s*)1/, '"later":$1-12345678901234567890.10 ,"later":$1NaN')
    );
  });

const anyCache = fc
  .record({
    layout: fc.constantFrom(...Object.values(layouts)),
    tables: fc.subarray(Object.keys(foreignTables())),
    /** The user's own entries at the locations of ours: the same account, signed in with az. */
    sameAccount: fc.boolean(),
    sameToken: fc.boolean(),
  })
  .map(({ layout, tables, sameAccount, sameToken }) => {
    const all = foreignTables();
    const chosen = Object.fromEntries(tables.map((table) => [table, { ...all[table] }]));
    const home = `0b1ec700-0000-4000-8000-000000000001.${tenants.contoso}`;
    const key = `${home}-login.microsoftonline.com`;
    if (sameAccount && chosen['Account']) {
      chosen['Account'][`${key}-${tenants.contoso}`] = {
        home_account_id: home,
        environment: 'login.microsoftonline.com',
        realm: tenants.contoso,
        username: 'dana@contoso.example',
        authority_type: 'MSSTS',
      };
    }
    if (sameToken && chosen['AccessToken']) {
      chosen['AccessToken'][
        `${key}-accesstoken-04b07795-8ddb-461a-bbee-02f9e1bf7b46-${tenants.contoso}-https://management.core.windows.net//.default`
      ] = { secret: 'own-token', home_account_id: home, expires_on: '1' };
    }
    return layout(chosen);
  });

interface Step {
  readonly does: 'write' | 'remove' | 'restart' | 'lock';
  readonly session: number;
}

const steps = fc.array(
  fc.record<Step>({
    does: fc.constantFrom('write', 'write', 'write', 'remove', 'remove', 'restart', 'lock'),
    session: fc.integer({ min: 0, max: sessions.length - 1 }),
  }),
  { maxLength: 14 },
);

const absent = fc.constantFrom(undefined, '');

/** Both files have their original bytes after all sessions stop, in any order. */
export const azureFiles: FuzzTarget = {
  name: 'azure-files',
  inputs: 40,
  async open() {
    const home = await mkdtemp(join(tmpdir(), 'stint-azure-any-'));
    let run = 0;
    const profile = fc.oneof({ weight: 6, arbitrary: anyProfile }, absent, fc.constantFrom('{}'));
    const cache = fc.oneof({ weight: 6, arbitrary: anyCache }, absent, fc.constantFrom('{}'));
    return {
      close: () => rm(home, { recursive: true, force: true }),
      property: fc.asyncProperty(profile, cache, steps, async (hadProfile, hadCache, todo) => {
        run += 1;
        const scratch = azureScratchIn(home, join(home, `azure-${run}`));
        if (hadProfile !== undefined) await scratch.profile.write(hadProfile);
        if (hadCache !== undefined) await scratch.cache.write(hadCache);
        let { delivery } = scratch;
        const active = new Set<string>();
        for (const [turn, { does, session }] of todo.entries()) {
          const one = sessions[session] ?? azureTarget(1);
          const credentials = credentialsOf(session, turn);
          if (does === 'write') {
            scratch.vault.locked = false;
            const supersedes = sessions
              .filter((other) => other !== one && other.subscriptionId === one.subscriptionId)
              .map(({ sessionId }) => sessionId)
              .filter((id) => active.delete(id));
            await delivery.write(one, credentials, { ...replacing, supersedes });
            active.add(one.sessionId);
            for (const id of supersedes) {
              expect((await scratch.profile.text()) ?? '').not.toContain(id);
              expect((await scratch.cache.text()) ?? '').not.toContain(id);
            }
            expect(await delivery.check(one, credentials)).toBe('intact');
          } else if (does === 'remove') {
            await delivery.remove(one);
            active.delete(one.sessionId);
            expect((await scratch.profile.text()) ?? '').not.toContain(one.sessionId);
            expect((await scratch.cache.text()) ?? '').not.toContain(one.sessionId);
          } else if (does === 'lock') {
            scratch.vault.locked = !scratch.vault.locked;
          } else {
            delivery = scratch.restarted();
            await delivery.sweep((id) => active.has(id));
          }
        }
        scratch.vault.locked = false;
        for (const one of sessions) expect(await delivery.remove(one)).toEqual([]);
        expect(await delivery.sweep(() => false)).toEqual([]);
        expect(await scratch.profile.text()).toBe(hadProfile);
        expect(await scratch.cache.text()).toBe(hadCache);
        expect([...scratch.vault.secrets]).toEqual([]);
      }),
    };
  },
};
