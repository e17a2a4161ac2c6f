import { it } from 'vitest';
import { callOwner } from '../../support/agent-process.ts';
import { searchedForSecrets } from '../../support/search-for-secrets.ts';
import { computerForEachTest } from '../cli/computer.ts';

const computer = computerForEachTest();
const userName = 'dana';
const accountId = '447109328810';

it('the tokens, cookies and responses of a sign-in are only in the vault', async () => {
  const { admin, scratch } = computer;
  const answers = new Map<string, Buffer>();
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await callOwner(scratch, method, path, body);
    if (!path.endsWith('/credentials')) {
      answers.set(`${method} ${path} #${answers.size}`, Buffer.from(answer.text));
    }
    return answer;
  };
  const until = async (path: string, isWanted: (seen: Record<string, unknown>) => boolean) => {
    const deadline = Date.now() + 120_000;
    while (!isWanted((await callOwner(scratch, 'GET', path)).json())) {
      if (Date.now() > deadline) throw new Error(`${path} did not come to what is wanted`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  // Identity Center: a sign-in in the browser, a sync, a start, a rotation.
  await computer.stint(['agent', 'start']);
  const { startUrl } = await admin.createIdentityCenter({ name: 'secrets' });
  const { password } = await admin.createSsoUser({ startUrl, userName });
  const account = { accountId, accountName: 'payments', emailAddress: 'p@example.com' };
  await admin.assign({ startUrl, userName, assignments: [{ ...account, roleName: 'Operator' }] });
  const acme = { kind: 'awsSso', name: 'acme', region: 'eu-west-1', startUrl };
  const { integrationId } = (await ask('POST', '/v1/integrations', acme)).json<{
    integrationId: string;
  }>();
  const integration = `/v1/integrations/${integrationId}`;
  const login = await ask('POST', `${integration}/login`, { method: 'browser' });
  const [page] = login.json<{ prompts: { url: string }[] }>().prompts;
  const { location } = await admin.authorize({ url: String(page?.url), userName });
  await fetch(location);
  await until(integration, ({ status }) => status === 'logged-in');
  await ask('POST', `${integration}/sync`);
  const { items } = (await ask('GET', '/v1/sessions')).json<{ items: { sessionId: string }[] }>();
  const sso = `/v1/sessions/${items[0]?.sessionId ?? ''}`;
  await ask('POST', `${sso}/start`);
  const issued = (await ask('GET', `${sso}/credentials`)).json<Record<string, string>>();
  await ask('POST', `${sso}/rotate`);

  // A SAML identity provider: a response that is pasted.
  const roleArn = `arn:aws:iam::${accountId}:role/Secret`;
  const { idpArn, url } = await admin.createSamlProvider({ name: 'secrets', accountId });
  await admin.createRole({ roleArn, principals: [idpArn] });
  await admin.createSamlUser({ idpArn, userName, roles: [roleArn] });
  const { idpId } = (await ask('POST', '/v1/idps', { name: 'partner', url })).json<{
    idpId: string;
  }>();
  const fields = { type: 'awsIamRoleFederated', sessionName: 'upload', region: 'eu-west-1' };
  const added = await ask('POST', '/v1/sessions', { ...fields, idpId, idpArn, roleArn });
  const federated = `/v1/sessions/${added.json<{ sessionId: string }>().sessionId}`;
  const response = await admin.samlResponse({ idpArn, userName });
  const started = await ask('POST', `${federated}/start`);
  const [paste] = started.json<{ prompts: { promptId: string }[] }>().prompts;
  await ask('POST', `/v1/prompts/${paste?.promptId ?? ''}`, { answer: response });
  await until(federated, ({ status }) => status === 'active');
  for (const path of ['/v1/sessions', '/v1/history', '/v1/prompts', integration, '/v1/idps']) {
    await ask('GET', path);
  }

  await searchedForSecrets(scratch, answers, {
    'the password': password,
    'the authorization code': new URL(location).searchParams.get('code') ?? '',
    'the session token': String(issued['SessionToken']),
    'the secret key': String(issued['SecretAccessKey']),
    'the SAML response': response.slice(200, 400),
  });
  await ask('POST', `${integration}/logout`);
});
