import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roleSchema, scopes, scopesOfRole, type Scope } from '../../../src/models/scope.ts';
import { grantFor, type TokenRequest } from '../../../src/services/access/grant.ts';
import { owner, principal } from './scratch-access.ts';

const problem = (code: string) => expect.objectContaining({ code }) as Error;

describe('handing on rights', () => {
  test('never goes beyond what the maker has, whatever is asked', () => {
    const role = fc.constantFrom(...roleSchema.options);
    const some = fc.subarray([...scopes]);
    const session = fc.option(fc.constantFrom('s1', 's2'), { nil: undefined });
    let granted = 0;
    fc.assert(
      fc.property(role, some, session, fc.option(role), fc.option(some), session, (...drawn) => {
        const [makerRole, held, makerSession, asked, askedScopes, askedSession] = drawn;
        const maker = principal(makerRole, {
          scopes: new Set(held.filter((scope) => scopesOfRole[makerRole].includes(scope))),
          sessionId: makerSession,
        });
        let grant;
        try {
          grant = grantFor(maker, {
            name: 'x',
            role: asked ?? undefined,
            scopes: askedScopes ?? undefined,
            sessionId: askedSession,
          });
        } catch (error) {
          expect((error as { code?: string }).code).toMatch(/^(invalid-request|scope-missing)$/);
          return;
        }
        granted += 1;
        for (const scope of grant.scopes) {
          expect(maker.scopes.has(scope) && scopesOfRole[grant.role].includes(scope)).toBe(true);
        }
        for (const scope of scopesOfRole[grant.role]) {
          expect(scopesOfRole[maker.role]).toContain(scope);
        }
        if (maker.sessionId !== undefined) expect(grant.sessionId).toBe(maker.sessionId);
      }),
      { numRuns: 3000 },
    );
    expect(granted).toBeGreaterThan(0);
  });

  test.each([
    ['the window cannot make an owner', 'window', { role: 'owner', scopes: ['sessions:read'] }],
    ['the window cannot read credentials', 'window', { role: 'credentials', sessionId: 's' }],
    ['an operator cannot make a window', 'operator', { role: 'window' }],
    ['a viewer cannot make an operator', 'viewer', { role: 'operator' }],
  ] as const)('%s', (_what, maker, request) => {
    expect(() => grantFor(principal(maker), { name: 'x', ...request })).toThrow(
      problem('scope-missing'),
    );
  });

  test('an owner with fewer scopes hands on no more than those', () => {
    const maker = principal('owner', { scopes: new Set(['tokens:manage', 'sessions:read']) });
    expect(() => grantFor(maker, { name: 'x' })).toThrow(problem('scope-missing'));
    expect(grantFor(maker, { name: 'x', scopes: ['sessions:read'] })).toMatchObject({
      role: 'viewer',
      scopes: ['sessions:read'],
    });
  });

  test.each<[readonly Scope[], string]>([
    [['sessions:read'], 'viewer'],
    [['sessions:start', 'credentials:read'], 'operator'],
    [['settings:update'], 'window'],
    [['tokens:manage', 'credentials:read'], 'owner'],
  ])('scopes without a role (%s) make the least role that has them', (asked, role) => {
    expect(grantFor(owner, { name: 'x', scopes: asked })).toMatchObject({ role, scopes: asked });
  });

  test('a session without a role makes a token for its credentials', () => {
    expect(grantFor(owner, { name: 'x', sessionId: 's' })).toMatchObject({
      role: 'credentials',
      sessionId: 's',
    });
  });

  test('scopes without a role are no way beyond the maker', () => {
    expect(() =>
      grantFor(principal('window'), { name: 'x', scopes: ['credentials:read'] }),
    ).toThrow(problem('scope-missing'));
  });

  test.each<[string, TokenRequest]>([
    ['no name', { name: '' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['a name that is Stint’s own', { name: 'Owner' }],
    ['a name too long', { name: 'x'.repeat(129) }],
    ['no lifetime', { name: 'x', expiresInSeconds: 0 }],
    ['half a second', { name: 'x', expiresInSeconds: 0.5 }],
    ['more than thirty days', { name: 'x', expiresInSeconds: 30 * 24 * 3600 + 1 }],
    ['a scope its role has not', { name: 'x', role: 'viewer', scopes: ['credentials:read'] }],
    ['credentials for no session', { name: 'x', role: 'credentials' }],
    ['a session for another role', { name: 'x', role: 'viewer', sessionId: 's' }],
  ])('a token with %s is not made', (_what, request) => {
    expect(() => grantFor(owner, request)).toThrow(problem('invalid-request'));
  });

  test('thirty days are the longest lifetime', () => {
    const { lifetimeSeconds } = grantFor(owner, { name: 'x', expiresInSeconds: 2_592_000 });
    expect(lifetimeSeconds).toBe(2_592_000);
  });
});
