import { describe, expect, it } from 'vitest';
import type { SessionFields } from '../../../src/models/session-fields.ts';
import type { Session } from '../../../src/models/session.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import type { ScratchOwner } from '../../support/scratch-owner.ts';
import { by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { now, start } = journey(() => owner);

const rename = (session: Session, profileName: string) =>
  owner.stint.sessions.update(session.sessionId, {
    edit: (fields) => ({ ...fields, profileName }) as SessionFields,
    by,
  });

describe('a new profile name', () => {
  it.each([
    ['DEFAULT', 'botocore gives to every profile'],
    ['constructor', 'the AWS SDK for JavaScript does not read'],
    ['__proto__', 'the AWS SDK for JavaScript does not read'],
    ['profile prod', 'must not begin with "profile "'],
    ['sso-session acme', 'must not begin with "sso-session "'],
    ['services local', 'must not begin with "services "'],
    ['my profile', 'which all AWS SDKs read'],
    ['größe', 'which all AWS SDKs read'],
    ['a]b', 'brackets'],
  ])('is not %s', async (profileName, why) => {
    const { session } = await owner.addUser('anna');
    const { details } = await refusal(rename(session, profileName));
    expect(details.errors).toMatchObject([{ field: 'profileName' }]);
    expect(details.errors?.[0]?.message).toContain(why);
    expect(now(session)).toMatchObject({
      profileName: (session as { profileName: string }).profileName,
    });
  });

  it.each(['default', 'team/prod', 'anna@acme.example', '1.2-x_y+z%:'])(
    'may be %s',
    async (name) => {
      const { session } = await owner.addUser('anna');
      expect(await rename(session, name)).toMatchObject({ profileName: name });
    },
  );
});

describe('the template of the settings', () => {
  it('names the profiles of new sessions, and renames none', async () => {
    const { session: old, user } = await owner.addUser('old');
    await start(old);
    await owner.stint.settings.change({ profileNameTemplate: '{accountId}-{role}' });
    const chained = await owner.stint.sessions.create({
      fields: {
        type: 'awsIamRoleChained',
        sessionName: 'audit',
        region: 'eu-west-1',
        parentSessionId: old.sessionId,
        roleArn: 'arn:aws:iam::447109328810:role/Audit',
        roleSessionName: 'anna',
      },
      by,
    });
    expect(user.arn).toContain('447109328810');
    expect(chained).toMatchObject({ profileName: '447109328810-Audit' });
    expect(now(old)).toMatchObject({ status: 'active', profileName: 'old' });
    expect((await owner.addUser('plain')).session).toMatchObject({ profileName: 'plain' });
    await owner.stint.settings.change({ profileNameTemplate: '{session}' });
  });
});
