import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMoto } from '../../../scripts/test/optional-programs.ts';
import type { AwsCredentials } from '../../../src/models/credentials.ts';
import type { Narrowing } from '../../../src/models/narrowing.ts';
import type { Session } from '../../../src/models/session.ts';
import { by, refusal } from '../../support/session-journey.ts';
import { startMoto, type Moto } from './moto.ts';
import { ownerWithUsers, short } from './owner-with-users.ts';

describe.runIf(hasMoto())('at moto, which checks signatures and policies itself', () => {
  const { owner, rotate, finish, keysOf, rotation } = ownerWithUsers();
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(async () => {
    await moto.close();
  });
  const addUser = async (name: string) => {
    const keys = await moto.addUser(name);
    const session = await owner().stint.sessions.create({
      fields: {
        type: 'awsIamUser',
        sessionName: name,
        region: 'eu-west-1',
        endpointUrl: moto.url,
      },
      secrets: keys,
      by,
    });
    return { session, keys };
  };

  describe('a rotation', () => {
    it('makes a key, deactivates the old one, and deletes it', async () => {
      const { session, keys } = await addUser('anna');
      await rotate(session);
      const made = await keysOf(session);
      expect(await moto.keys('anna')).toEqual([
        [keys.accessKeyId, 'Inactive'],
        [made.accessKeyId, 'Active'],
      ]);
      await finish(session);
      expect(await moto.keys('anna')).toEqual([[made.accessKeyId, 'Active']]);
      expect(rotation(session)).toBeUndefined();
    });

    it.each(['ListAccessKeys', 'CreateAccessKey', 'UpdateAccessKey'])(
      'that is denied %s leaves the old key in use and active, and no other',
      async (action) => {
        const name = `without-${action}`;
        const { session, keys } = await addUser(name);
        await moto.deny(name, `iam:${action}`);
        expect((await refusal(rotate(session))).message).toContain(`iam:${action}`);
        expect(await moto.keys(name)).toEqual([[keys.accessKeyId, 'Active']]);
        expect(await keysOf(session)).toEqual(keys);
      },
    );

    it('that may not delete a key names the new one, and deletes it later automatically', async () => {
      const { session, keys } = await addUser('carl');
      await moto.deny('carl', 'iam:UpdateAccessKey', 'iam:DeleteAccessKey');
      const { message } = await refusal(rotate(session));
      const [, left] = await moto.keys('carl');
      expect(message).toContain(`${short(left?.[0])} is left at AWS`);
      await moto.deny('carl', 'iam:UpdateAccessKey');
      await owner().stint.keyRotations.resume();
      expect(await moto.keys('carl')).toEqual([[keys.accessKeyId, 'Active']]);
    });

    it('for a user with two keys says which one the session uses', async () => {
      const { session, keys } = await addUser('dora');
      const second = await moto.addKey('dora');
      const { message, details } = await refusal(rotate(session));
      expect(message).toContain(`The session uses ${short(keys.accessKeyId)}.`);
      expect(details.next).toContain(short(second.accessKeyId));
      expect(await moto.keys('dora')).toHaveLength(2);
    });
  });

  describe('a program that may do less', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    });
    const readOnly = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
    const narrowed = async (session: Session) => {
      const { sessionId } = session;
      await owner().stint.sessions.start(sessionId, { by });
      const lent = (narrowing?: Narrowing) =>
        owner().stint.sessions.credentials(sessionId, narrowing);
      await owner().stint.leases.open(sessionId, {
        ...{ kind: 'exec', process: 'aws', by, readOnly: true, policy },
      });
      return [await lent(), await lent({ policyArns: readOnly, policy })] as const;
    };
    const whoIs = async ({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) => {
      const credentials = { accessKeyId, secretAccessKey, sessionToken };
      const sts = new STSClient({ region: 'eu-west-1', endpoint: moto.url, credentials });
      return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
    };

    it('gets its own credentials of the role by AssumeRole with the policies', async () => {
      const { session: parent } = await addUser('erik');
      const roleArn = await moto.addRole('Audit');
      const role = await owner().stint.sessions.create({
        fields: {
          type: 'awsIamRoleChained',
          sessionName: 'audit',
          region: 'eu-west-1',
          parentSessionId: parent.sessionId,
          roleArn,
          roleSessionName: 'erik',
          endpointUrl: moto.url,
        },
        by,
      });
      const [whole, less] = await narrowed(role);
      expect(less.accessKeyId).not.toBe(whole.accessKeyId);
      expect(await whoIs(less)).toMatch(/:assumed-role\/Audit\/erik$/);
    });

    it('gets those of a federated user by GetFederationToken, from an IAM user', async () => {
      const { session } = await addUser('fred');
      const [whole, less] = await narrowed(session);
      // moto gives the same keys to everybody, and another token to a federated user.
      expect(less.sessionToken).not.toBe(whole.sessionToken);
    });

    it('is refused with the words of AWS where the user may not call GetFederationToken', async () => {
      const { session } = await addUser('gina');
      await moto.deny('gina', 'sts:GetFederationToken');
      const refused = await refusal(narrowed(session));
      expect(refused.code).toBe('cloud-refused');
      expect(refused.message).toContain('GetFederationToken');
      const leases = owner().stint.leases.list(session.sessionId);
      expect(leases.filter(({ closedAt }) => closedAt === undefined)).toEqual([]);
    });
  });
});
