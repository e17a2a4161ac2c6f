import { describe, expect, it } from 'vitest';
import type { Session } from '../../../src/models/session.ts';
import { RenewalSlots } from '../../../src/services/rotation/renewal-slots.ts';

const sessionOf = (fields: object) => fields as Session;
const ofIntegration = (integrationId: string) => sessionOf({ type: 'awsSsoRole', integrationId });

/** Takes a slot for each of the sessions whose work never ends by itself; `end` ends one of them. */
function takenFor(slots: RenewalSlots, sessions: readonly Session[]) {
  const ends: (() => void)[] = [];
  const taken = sessions.filter((session) => {
    const work = slots.take(session, () => new Promise<void>((resolve) => ends.push(resolve)));
    void work?.();
    return work !== undefined;
  });
  const end = async () => {
    ends.pop()?.();
    await Promise.resolve();
  };
  return { count: taken.length, end };
}

describe('renewals at the same time', () => {
  it.each([
    ['one integration of Identity Center', { type: 'awsSsoRole', integrationId: 'acme' }],
    ['one Azure tenant', { type: 'azure', integrationId: 'contoso' }],
    ['one identity provider', { type: 'awsIamRoleFederated', idpId: 'okta' }],
    ['IAM users', { type: 'awsIamUser' }],
    ['chained roles', { type: 'awsIamRoleChained', parentSessionId: 'p' }],
  ])('of %s are four at most', (_source, fields) => {
    const session = sessionOf(fields);
    expect(takenFor(new RenewalSlots(), Array(6).fill(session) as Session[]).count).toBe(4);
  });

  it('of different sources do not wait for each other, up to sixteen in all', () => {
    const slots = new RenewalSlots();
    const sources = ['a', 'b', 'c', 'd', 'e'];
    const of = (id: string) => takenFor(slots, Array(4).fill(ofIntegration(id)) as Session[]).count;
    expect(sources.map(of)).toEqual([4, 4, 4, 4, 0]);
  });

  it('leave their slot to one that found none, whether they succeed or fail', async () => {
    const slots = new RenewalSlots();
    const four = takenFor(slots, Array(4).fill(ofIntegration('acme')) as Session[]);
    expect(slots.take(ofIntegration('acme'), () => Promise.resolve())).toBeUndefined();
    expect([slots.wasWanted(), slots.wasWanted()]).toEqual([true, false]);
    await four.end();
    const failing = slots.take(ofIntegration('acme'), () => Promise.reject(new Error('no answer')));
    await expect(failing?.()).rejects.toThrow('no answer');
    expect(slots.take(ofIntegration('acme'), () => Promise.resolve())).toBeDefined();
  });
});
