import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerSettings } from '../../src/models/owner-settings.ts';
import { roleSchema, scopesOfRole, type Role } from '../../src/models/scope.ts';
import { settingsSchema } from '../../src/models/settings.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { eventually } from '../support/scratch-owner.ts';
import { attemptsOf } from './attempts.ts';

/*
 * A program with a client token or with the window's rights, that combines its routes to get more: a
 * secret, another token, a program of its choice.
 */

const attempts = attemptsOf('a program with few rights');
const roles = roleSchema.options.filter((role) => role !== 'owner' && role !== 'credentials');

let owner: ScratchApi;
beforeEach(async () => {
  owner = await scratchApi();
});
afterEach(async () => {
  await owner.close();
});

const typeOf = async (answer: Response) =>
  ((await answer.clone().json()) as { type?: string }).type?.replace('urn:stint:problem:', '');

/** A value for each setting that decides where secrets go. */
const elsewhere: Readonly<Record<string, unknown>> = {
  awsCredentialsFile: '/tmp/elsewhere',
  awsConfigFile: '/tmp/elsewhere',
  azureConfigDir: '/tmp/elsewhere',
  awsEndpointUrl: 'https://evil.example',
  awsStsEndpointUrl: 'https://evil.example',
  awsIamEndpointUrl: 'https://evil.example',
  awsSsoEndpointUrl: 'https://evil.example',
  awsSsoOidcEndpointUrl: 'https://evil.example',
  awsSigninEndpointUrl: 'https://evil.example',
  azurePortalUrl: 'https://evil.example',
  awsUseFipsEndpoint: true,
  awsUseDualstackEndpoint: true,
  azureAuthorityHost: 'https://evil.example',
  azureResourceManagerUrl: 'https://evil.example',
  azureResources: 'https://evil.example',
  httpProxy: 'http://evil.example',
  httpsProxy: 'http://evil.example',
  noProxy: '*',
  caBundle: '/tmp/evil.pem',
  azureCaBundle: '/tmp/evil.pem',
};

describe('where secrets go', () => {
  it('is known for every setting', () => {
    expect(Object.keys(elsewhere).toSorted()).toEqual(ownerSettings.toSorted());
    for (const name of ownerSettings) expect(Object.keys(settingsSchema.shape)).toContain(name);
  });

  it.each(roles)('is not changed by the role %s, alone or among other settings', async (role) => {
    const before = owner.stint.settings.current();
    for (const [name, value] of Object.entries(elsewhere)) {
      for (const body of [{ [name]: value }, { onQuit: 'keep-sessions', [name]: value }]) {
        const answer = await owner.askAs({ role }, 'PATCH', '/v1/settings', body);
        expect(attempts.note(answer.ok), name).toBe(false);
        const mayChange = scopesOfRole[role].includes('settings:update');
        expect(await typeOf(answer)).toBe(mayChange ? 'owner-only' : 'scope-missing');
      }
    }
    expect(owner.stint.settings.current()).toEqual(before);
  });

  it('is not put back to what it is without a setting by the role window', async () => {
    await owner.ask('PATCH', '/v1/settings', { body: { noProxy: '*.example' } });
    const body = { noProxy: null };
    const answer = await owner.askAs({ role: 'window' }, 'PATCH', '/v1/settings', body);
    expect(attempts.note(answer.ok)).toBe(false);
    expect(owner.stint.settings.current().noProxy).toBe('*.example');
  });

  it('is refused with the command to use; a value that stays the same is accepted', async () => {
    const answer = await owner.askAs({ role: 'window' }, 'PATCH', '/v1/settings', {
      awsSsoEndpointUrl: 'https://evil.example/a b;rm',
    });
    expect(await answer.json()).toMatchObject({
      status: 403,
      next: `Run: stint settings set aws-sso-endpoint-url 'https://evil.example/a b;rm'`,
    });
    const { awsConfigFile } = owner.stint.settings.current();
    const same = await owner.askAs({ role: 'window' }, 'PATCH', '/v1/settings', {
      awsConfigFile,
      noProxy: null,
      onQuit: 'keep-sessions',
    });
    expect(same.status).toBe(200);
  });

  it('is not the integration’s authority either: a kept client secret does not follow it', async () => {
    const created = await owner.ask('POST', '/v1/integrations', {
      body: {
        kind: 'azure',
        name: 'acme',
        tenantId: 'acme.example',
        clientId: '3b1f8a52-92f1-4b1c-9d5e-8d6f6c1f2a11',
        secrets: { clientSecret: 'hunter2-hunter2' },
      },
    });
    const { integrationId } = (await created.json()) as { integrationId: string };
    for (const role of ['window', 'operator', 'owner'] as const) {
      const moved = await owner.askAs({ role }, 'PATCH', `/v1/integrations/${integrationId}`, {
        authorityHost: 'https://evil.example',
      });
      expect(attempts.note(moved.ok)).toBe(false);
      expect(await moved.text()).toContain('secrets');
    }
  });
});

describe('where a session signs in', () => {
  it.each(roles)('is not changed by the role %s', async (role) => {
    const { session } = await owner.addUser('ben', {
      fields: { endpointUrl: 'https://cloud.example' },
    });
    const path = `/v1/sessions/${session.sessionId}`;
    for (const endpointUrl of ['https://evil.example', null]) {
      const answer = await owner.askAs({ role }, 'PATCH', path, { endpointUrl });
      expect(attempts.note(answer.ok)).toBe(false);
      const mayChange = scopesOfRole[role].includes('sessions:update');
      expect(await typeOf(answer)).toBe(mayChange ? 'owner-only' : 'scope-missing');
    }
    expect(owner.stint.sessions.get(session.sessionId)).toMatchObject({
      endpointUrl: 'https://cloud.example',
    });
    const { type, region } = session;
    const created = await owner.askAs({ role }, 'POST', '/v1/sessions', {
      ...{ type, region, sessionName: 'evil', endpointUrl: 'https://evil.example' },
      secrets: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) },
    });
    expect(attempts.note(created.ok)).toBe(false);
  });

  it('is refused with the command to use; another change of the session is accepted', async () => {
    const { session } = await owner.addUser('cleo');
    const path = `/v1/sessions/${session.sessionId}`;
    const endpointUrl = 'http://127.0.0.1:4566';
    const answer = await owner.askAs({ role: 'window' }, 'PATCH', path, { endpointUrl });
    expect(await answer.json()).toMatchObject({
      status: 403,
      next: `Run: stint session edit cleo --endpoint-url ${endpointUrl}`,
    });
    expect((await owner.ask('PATCH', path, { body: { endpointUrl } })).status).toBe(200);
    const same = await owner.askAs({ role: 'window' }, 'PATCH', path, {
      endpointUrl,
      labels: ['web'],
    });
    expect(same.status).toBe(200);
  });
});

describe('a program that Stint runs', () => {
  it.each(roles.filter((role) => scopesOfRole[role].includes('prompts:answer')))(
    'is not allowed by the role %s, who may cancel the question',
    async (role) => {
      const program = join(dirname(owner.credentialsFile), 'print-code');
      const trace = `${program}.ran`;
      await writeFile(program, `#!/bin/sh\ntouch '${trace}'; echo 123456\n`);
      await chmod(program, 0o700);
      const { session } = await owner.addUser('anna', {
        mfa: true,
        fields: { mfaCommand: [program] },
      });
      await owner.askAs({ role }, 'POST', `/v1/sessions/${session.sessionId}/start`, {});
      const [asked] = await eventually(
        () => owner.stint.prompts.list(),
        ([open]) => open?.kind === 'confirm',
      );
      const path = `/v1/prompts/${String(asked?.promptId)}`;
      for (const answer of ['yes', 'y', ' YES ']) {
        const said = await owner.askAs({ role }, 'POST', path, { answer });
        expect(attempts.note(said.ok)).toBe(false);
        expect(await typeOf(said)).toBe('owner-only');
      }
      const set = await owner.askAs({ role }, 'PATCH', `/v1/sessions/${session.sessionId}`, {
        mfaCommand: ['sh', '-c', 'id'],
      });
      expect(attempts.note(set.ok)).toBe(false);
      expect((await owner.askAs({ role }, 'POST', path, { cancel: true })).status).toBe(204);
      await expect(readFile(trace)).rejects.toThrow('ENOENT');
    },
  );
});

describe('more rights', () => {
  it.each(roles)('are not made of the role %s with tokens', async (role) => {
    for (const wanted of ['owner', 'operator', 'window', 'credentials'] as const satisfies Role[]) {
      const has = scopesOfRole[role];
      const answer = await owner.askAs({ role }, 'POST', '/v1/tokens', {
        name: 'more',
        role: wanted,
        ...(wanted === 'credentials' ? { sessionId: 'any' } : {}),
      });
      const isMore = scopesOfRole[wanted].some((scope) => !has.includes(scope));
      if (!isMore) continue;
      expect(attempts.note(answer.ok), wanted).toBe(false);
    }
  });

  it('are not kept by making tokens that last longer than the one they are made with', async () => {
    const made = await owner.ask('POST', '/v1/tokens', {
      body: { name: 'short', role: 'window', expires_in: 60 },
    });
    const { token } = (await made.json()) as { token: string };
    const child = await owner.ask('POST', '/v1/tokens', {
      body: { name: 'long', role: 'window', expires_in: 30 * 24 * 3600 },
      headers: { authorization: `Bearer ${token}` },
    });
    const { token: grown } = (await child.json()) as { token: string };
    await owner.pass(61);
    const late = await owner.ask('GET', '/v1/sessions', {
      headers: { authorization: `Bearer ${grown}` },
    });
    expect(attempts.note(late.ok)).toBe(false);
  });

  it('to secrets are not reached by the window on any route', async () => {
    const { session, user } = await owner.addUser('anna');
    const id = session.sessionId;
    await owner.ask('POST', `/v1/sessions/${id}/start`, { body: {} });
    const issued = /aws_secret_access_key = (.+)/.exec(await owner.credentials())?.[1] ?? '';
    expect(issued).not.toBe('');
    const { paths = {} } = JSON.parse(
      await readFile(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
    ) as { paths?: Record<string, object> };
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        // What ends the owner, or never answers.
        if (/owner\/(stop|release)|\/events/.test(path) || method === 'delete') continue;
        const body = method === 'get' ? undefined : {};
        const asked = path.replaceAll(/\{[^}]+\}/g, id);
        const answer = await owner.askAs({ role: 'window' }, method.toUpperCase(), asked, body);
        const text = await answer.text();
        const gaveAway = [issued, user.secretAccessKey].some((secret) => text.includes(secret));
        expect(attempts.note(gaveAway), `${method} ${path}`).toBe(false);
      }
    }
  });
});
