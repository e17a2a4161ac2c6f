import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/api.ts';
import { Loopback } from '../../src/agent/loopback.ts';
import { azureEndpointEnvironment } from '../../src/cli/lease/azure-environment.ts';
import { applyTo } from '../../src/cli/lease/environment.ts';
import type { OpenedLease as OpenedView, SessionView } from '../../src/cli/owner/owner-client.ts';
import { azureTenant, type Tenant } from '../support/azure-tenant.ts';
import { claimsOf } from '../support/claims.ts';
import { scratchOwner, type ScratchOwner } from '../support/scratch-owner.ts';
import { by } from '../support/session-journey.ts';

/*
 * The identity endpoint on a real loopback port, in front of the practice cloud's Entra ID: asked by
 * hand, by the Azure SDK for JavaScript and by the Azure CLI, all without a login of their own.
 */

const root = join(import.meta.dirname, '..', '..');
const manager = 'https://management.core.windows.net/';
const vault = 'https://vault.azure.net';

let owner: ScratchOwner;
let loopback: Loopback;
let tenant: Tenant;
beforeEach(async () => {
  owner = await scratchOwner();
  const api = createApi(owner.stint);
  loopback = new Loopback(
    (request, port) => api.fetch(request, { kind: 'tcp', port }),
    () => Promise.resolve(),
  );
  await loopback.listen();
  tenant = await azureTenant(owner, 'acme');
  await tenant.offer('Payments');
  await tenant.offer('Orders');
  await tenant.sync();
});
afterEach(async () => {
  await loopback.close();
  await owner.close();
});

/** A started session with a lease, and what a program of `stint exec` finds in its environment. */
async function lent(subscriptionName = 'Payments') {
  const session = tenant.session(subscriptionName);
  await owner.stint.sessions.start(session.sessionId, { by });
  const opened = await owner.stint.leases.open(session.sessionId, { kind: 'endpoint', by });
  const url = `http://127.0.0.1:${loopback.port ?? 0}/azure/${session.sessionId}/token`;
  const shell = {
    PATH: process.env['PATH'],
    HOME: join(opened.tokenFile, '..'),
    AZURE_CLIENT_ID: 'somebody-else',
    AZURE_CLIENT_SECRET: 'x',
    // Whatever goes past the endpoint goes nowhere.
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  const env = applyTo(
    shell,
    azureEndpointEnvironment(shell, session as unknown as Extract<SessionView, { type: 'azure' }>, {
      ...(opened as OpenedView),
      url,
    }),
  );
  return { session, url, env, ...opened };
}

async function get(url: string, query: string, headers: Record<string, string>) {
  const answer = await fetch(`${url}${query}`, { headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  return await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(program, [...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

const credentialProgram = (resource: string) => [
  '--input-type=commonjs',
  '-e',
  `const { DefaultAzureCredential } = require(${JSON.stringify(join(root, 'node_modules', '@azure', 'identity'))});
   new DefaultAzureCredential().getToken(${JSON.stringify(`${resource}/.default`)})
     .then(({ token }) => console.log(token), (error) => { console.log('refused ' + error.message); });`,
];

describe('the identity endpoint', () => {
  it.each([
    [
      'of 2019',
      '?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net',
      'x-identity-header',
    ],
    ['of 2017', '?api-version=2017-09-01&resource=https%3A%2F%2Fvault.azure.net', 'secret'],
    ['as az writes it', `/?resource=https://vault.azure.net&api-version=2017-09-01`, 'secret'],
  ])('answers the contract %s for any resource', async (_which, query, header) => {
    const { url, token } = await lent();
    const { status, body } = await get(url, query, { [header]: token });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'expires_on',
      'resource',
      'token_type',
    ]);
    expect(body).toMatchObject({ resource: vault, token_type: 'Bearer' });
    expect(claimsOf(body['access_token'] ?? '')).toMatchObject({
      aud: vault,
      tid: tenant.tenantId,
    });
    expect(body['expires_on']).toMatch(/^\d{10}$/);
    expect(Number(body['expires_on']) * 1000 - Date.now()).toBeGreaterThan(400_000);
  });

  it('refuses in a sentence, with a status that no SDK asks again after', async () => {
    const { url, token, session } = await lent();
    const ours = { 'x-identity-header': token };
    const query = '?api-version=2019-08-01&resource=https%3A%2F%2Fvault.azure.net';
    const other = await lent('Orders');
    const refusals = [
      [await get(url, query, {}), 401, 'no lease token'],
      [await get(url, query, { 'x-identity-header': 'x' }), 401, 'does not belong to this session'],
      [
        await get(url, query, { 'x-identity-header': other.token }),
        401,
        'does not belong to this session',
      ],
      [await get(url, query, { authorization: token }), 401, 'no lease token'],
      [await get(url, '?api-version=2019-08-01', ours), 400, 'resource is required'],
      [await get(url, '?resource=x&api-version=2018-02-01', ours), 400, '2019-08-01 or 2017-09-01'],
      [await get(url, `${query}&client_id=x`, ours), 400, 'client_id'],
      [await get(url, `${query}&mi_res_id=x`, ours), 400, 'mi_res_id'],
      [await get(url, '?api-version=2019-08-01&resource=no%20resource', ours), 400, 'resource'],
    ] as const;
    for (const [{ status, body }, expected, words] of refusals) {
      expect({ status, message: body['message'] }).toEqual({
        status: expected,
        message: expect.stringContaining(words) as string,
      });
      expect(body['error_description']).toBe(body['message']);
    }
    await owner.stint.sessions.stop(session.sessionId, { by });
    const stopped = await get(url, query, ours);
    expect(stopped.status).toBe(409);
    expect(stopped.body['message']).toContain('Session Payments has ended (stopped)');
  });

  it('serves DefaultAzureCredential, each session as itself, until the session is stopped', async () => {
    const [payments, orders] = [await lent(), await lent('Orders')];
    for (const { env } of [payments, orders]) {
      const { stdout } = await run(process.execPath, credentialProgram(vault), env);
      expect(claimsOf(stdout.trim())).toMatchObject({ aud: vault, tid: tenant.tenantId });
    }
    await owner.stint.sessions.stop(payments.session.sessionId, { by });
    const began = Date.now();
    const { stdout } = await run(process.execPath, credentialProgram(vault), payments.env);
    expect(stdout).toContain('refused');
    expect(stdout).toContain('Session Payments has ended (stopped)');
    expect(Date.now() - began).toBeLessThan(5000);
  });

  it('serves the Azure CLI from a folder of the session’s own, several side by side', async () => {
    const sessions = [await lent(), await lent('Orders')];
    const answers = await Promise.all(
      sessions.map(async ({ env }) => ({
        shown: await run('az', ['account', 'show', '--output', 'json'], env),
        token: await run('az', ['account', 'get-access-token', '--output', 'json'], env),
      })),
    );
    for (const [index, { shown, token }] of answers.entries()) {
      const { session } = sessions[index] as (typeof sessions)[number];
      expect(shown.stderr).toBe('');
      expect(JSON.parse(shown.stdout)).toMatchObject({
        id: session.subscriptionId,
        name: session.subscriptionName,
        tenantId: tenant.tenantId,
        environmentName: 'AzureCloud',
      });
      expect(token.stderr).toBe('');
      const { accessToken, subscription } = JSON.parse(token.stdout) as Record<string, string>;
      expect(subscription).toBe(session.subscriptionId);
      expect(claimsOf(accessToken ?? '')).toMatchObject({ aud: manager, tid: tenant.tenantId });
    }
    const [first] = sessions as [(typeof sessions)[number]];
    expect(await readFile(join(first.azureConfigDir ?? '', 'config'), 'utf8')).toContain(
      'AzureCloud',
    );
    await owner.stint.sessions.stop(first.session.sessionId, { by });
    const refused = await run('az', ['account', 'get-access-token'], first.env);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('Session Payments has ended');
  }, 60_000);
});
