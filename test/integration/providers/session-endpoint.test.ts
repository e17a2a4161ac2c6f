import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsEndpointEnvironment } from '../../../src/cli/lease/aws-environment.ts';
import type { OpenedLease } from '../../../src/cli/owner/owner-client.ts';
import type { Session } from '../../../src/models/session.ts';
import { aRunningOwner } from '../../support/running-owner.ts';
import { before, type ScratchOwner } from '../../support/scratch-owner.ts';
import { by, journey, refusal } from '../../support/session-journey.ts';

let owner: ScratchOwner;
aRunningOwner((started) => {
  owner = started;
});
const { addChained, addRole, now, start } = journey(() => owner);
const stop = (session: Session) => owner.stint.sessions.stop(session.sessionId, { by });

const noEndpoint = {
  awsEndpointUrl: null,
  awsStsEndpointUrl: null,
  awsIamEndpointUrl: null,
  awsSsoEndpointUrl: null,
  awsSsoOidcEndpointUrl: null,
};

const change = (session: Session, fields: object) =>
  owner.stint.sessions.update(session.sessionId, {
    edit: (current) => ({ ...current, ...fields }),
    by,
  });

describe('a session with its own endpoint', () => {
  let practice: string;
  beforeEach(async () => {
    practice = String(owner.stint.settings.current().awsStsEndpointUrl);
    // Every other session is led where nothing answers.
    await owner.stint.settings.change({ awsStsEndpointUrl: 'http://127.0.0.1:1' });
  });
  afterEach(async () => {
    await owner.stint.settings.change({ awsStsEndpointUrl: practice });
  });

  it('signs in there, and tells tools in its section, which goes with the session', async () => {
    const { session } = await owner.addUser('local', { fields: { endpointUrl: practice } });
    await start(session);
    expect(now(session).status).toBe('active');
    expect(await owner.credentials()).toContain(`\r\nendpoint_url = ${practice}\r\n`);
    await stop(session);
    expect(await owner.credentials()).toBe(before);
  });

  it('tells tools in the profile of a credential_process too', async () => {
    const { session } = await owner.addUser('process', {
      fields: { endpointUrl: practice, delivery: 'credential-process' },
    });
    await start(session);
    const config = owner.stint.settings.current().awsConfigFile;
    expect(await readFile(config, 'utf8')).toContain(`\nendpoint_url = ${practice}\n`);
    await stop(session);
    await expect(readFile(config, 'utf8')).rejects.toThrow('ENOENT');
  });

  it('is the only one that does', async () => {
    const { session } = await owner.addUser('anna');
    expect((await refusal(start(session))).code).toBe('cloud-unreachable');
  });

  it('does not pass it on to a chained session, which names its own', async () => {
    const { session, user } = await owner.addUser('local', { fields: { endpointUrl: practice } });
    const roleArn = await addRole('Audit', user.arn);
    const without = await addChained('without', session.sessionId, roleArn);
    expect((await refusal(start(without))).code).toBe('cloud-unreachable');
    const own = { endpointUrl: practice };
    const chained = await addChained('audit', session.sessionId, roleArn, own);
    await start(chained);
    expect(now(chained).status).toBe('active');
    await stop(chained);
  });

  it('keeps a line that somebody added to the section of a session without one', async () => {
    await owner.stint.settings.change({ awsStsEndpointUrl: practice });
    const { session } = await owner.addUser('plain');
    await start(session);
    const added = 'endpoint_url = http://mine.example\r\n';
    const text = await owner.credentials();
    await writeFile(
      owner.credentialsFile,
      text.replace('region =', (region) => `${added}${region}`),
    );
    await stop(session);
    expect(await owner.credentials()).toContain(added);
    await writeFile(owner.credentialsFile, before);
  });
});

describe('the endpoint of a session', () => {
  it.each([
    ['http://anna:hunter2@127.0.0.1:4566', 'must be a URL without a user name'],
    ['ftp://127.0.0.1', 'URL'],
    ['http://127.0.0.1:4566/#x', 'must be a URL without'],
  ])('is not %s', async (endpointUrl, why) => {
    const { session } = await owner.addUser('wrong');
    const { details } = await refusal(change(session, { endpointUrl }));
    expect(JSON.stringify(details.errors)).toContain(why);
    expect(now(session)).not.toHaveProperty('endpointUrl');
  });

  describe('without one in the settings', () => {
    let practice: string;
    beforeEach(async () => {
      practice = String(owner.stint.settings.current().awsStsEndpointUrl);
      await owner.stint.settings.change(noEndpoint);
    });
    afterEach(async () => {
      await owner.stint.settings.change({
        awsUseFipsEndpoint: null,
        awsStsEndpointUrl: practice,
        awsIamEndpointUrl: practice,
        awsSsoEndpointUrl: practice,
        awsSsoOidcEndpointUrl: practice,
      });
    });

    it('excludes FIPS endpoints', async () => {
      const { session } = await owner.addUser('both');
      await owner.stint.settings.change({ awsUseFipsEndpoint: true });
      const asked = change(session, { endpointUrl: 'http://127.0.0.1:4566' });
      expect((await refusal(asked)).details.errors).toEqual([
        {
          field: 'endpointUrl',
          message:
            'cannot be set together with the setting awsUseFipsEndpoint: an endpoint URL has no such variant',
        },
      ]);
    });

    it('lets it have the region of a private cloud', async () => {
      const { session } = await owner.addUser('ceph');
      expect((await refusal(change(session, { region: 'mars-1' }))).code).toBe('invalid-request');
      await change(session, { region: 'mars-1', endpointUrl: 'https://ceph.example' });
      expect(now(session).region).toBe('mars-1');
    });
  });
});

/** The environment of `stint exec`, for a program in `env`. */
async function underExec(env: NodeJS.ProcessEnv, endpointUrl?: string) {
  const lease = join(dirname(owner.credentialsFile), 'leases', 'one');
  await mkdir(lease, { recursive: true });
  const session = { type: 'awsIamUser', sessionName: 'local', region: 'eu-west-1', endpointUrl };
  const opened = { url: 'http://127.0.0.1:1/x', token: 't', tokenFile: join(lease, 'token') };
  const { set, unset } = awsEndpointEnvironment(
    { HOME: dirname(owner.credentialsFile), ...env },
    session as never,
    opened as OpenedLease,
    { inFile: false },
  );
  const own = { ...env, ...set };
  for (const name of unset) Reflect.deleteProperty(own, name);
  return own;
}

describe('a program under exec', () => {
  const url = 'http://127.0.0.1:4566';

  it('uses the endpoint of the session, without variants that SDKs refuse there', async () => {
    const env = await underExec({ AWS_USE_FIPS_ENDPOINT: 'true' }, url);
    expect(env['AWS_ENDPOINT_URL']).toBe(url);
    expect(env).not.toHaveProperty('AWS_USE_FIPS_ENDPOINT');
  });

  it('does not inherit it from an outer exec', async () => {
    const outer = await underExec({}, url);
    expect(await underExec(outer)).not.toHaveProperty('AWS_ENDPOINT_URL');
  });

  it('keeps the one of the user', async () => {
    expect(await underExec({ AWS_ENDPOINT_URL: url })).toMatchObject({ AWS_ENDPOINT_URL: url });
  });
});
