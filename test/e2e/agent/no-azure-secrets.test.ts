import { expect, it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { searchedForSecrets } from '../../support/search-for-secrets.ts';
import { computerForEachTest } from '../cli/computer.ts';

const computer = computerForEachTest();

it('the secrets, codes and tokens of an Azure sign-in are only in the vault', async () => {
  const { admin, scratch } = computer;
  const answers = new Map<string, Buffer>();
  const ask = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => {
    const answer = await callOwner(scratch, method, path, body);
    // A lease gets its token, once.
    if (!path.endsWith('/leases')) {
      answers.set(`${method} ${path} #${answers.size}`, Buffer.from(answer.text));
    }
    return answer.json<T>();
  };
  const until = async (path: string, isWanted: (seen: Record<string, unknown>) => boolean) => {
    const deadline = Date.now() + 120_000;
    while (!isWanted((await callOwner(scratch, 'GET', path)).json())) {
      if (Date.now() > deadline) throw new Error(`${path} did not come to what is wanted`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const { tenantId } = await admin.createTenant({ domain: 'secrets.example' });

  // An application with a secret.
  await computer.stint(['agent', 'start']);
  const { clientId } = await admin.createApp({ tenant: tenantId, name: 'deploy' });
  const { secret } = await admin.addClientSecret({ clientId });
  const deploy = await ask<{ integrationId: string }>('POST', '/v1/integrations', {
    kind: 'azure',
    name: 'deploy',
    tenantId,
    clientId,
    secrets: { clientSecret: secret },
  });
  await ask('POST', `/v1/integrations/${deploy.integrationId}/login`, {});

  // A person, with a browser: the code comes back to the agent.
  const userName = 'anna@secrets.example';
  const { password } = await admin.createEntraUser({ tenant: tenantId, userName });
  await admin.createSubscription({ tenant: tenantId, name: 'Payments', principals: [userName] });
  const { integrationId } = await ask<{ integrationId: string }>('POST', '/v1/integrations', {
    kind: 'azure',
    name: 'acme',
    tenantId,
  });
  const integration = `/v1/integrations/${integrationId}`;
  const login = await ask<{ prompts: { url: string }[] }>('POST', `${integration}/login`, {
    method: 'browser',
  });
  const { location } = await admin.entraAuthorize({
    url: String(login.prompts[0]?.url),
    userName,
  });
  await fetch(location);
  await until(integration, ({ status }) => status === 'logged-in');
  await ask('POST', `${integration}/sync`);
  const { items } = await ask<{ items: { sessionId: string }[] }>('GET', '/v1/sessions');
  const session = `/v1/sessions/${items[0]?.sessionId ?? ''}`;
  await ask('POST', `${session}/start`, {});
  await ask('POST', `${session}/rotate`);

  // What a program gets for its lease.
  const lease = await ask<{ url: string; token: string }>('POST', `${session}/leases`, {
    kind: 'endpoint',
    process: 'test',
  });
  const answer = await fetch(
    `${lease.url}?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net`,
    { headers: { 'x-identity-header': lease.token } },
  );
  const { access_token: vaultToken } = (await answer.json()) as { access_token: string };
  expect(vaultToken).toMatch(/^ey/);
  for (const path of ['/v1/sessions', '/v1/history', '/v1/prompts', integration]) {
    await ask('GET', path);
  }

  await searchedForSecrets(scratch, answers, {
    'the client secret': secret,
    'the password': password,
    'the authorization code': new URL(location).searchParams.get('code') ?? '',
    'the access token': vaultToken,
  });
});
