import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/api.ts';
import { Loopback } from '../../src/agent/loopback.ts';
import { PeerGuard } from '../../src/agent/peers/peer-guard.ts';
import { azureEndpointEnvironment } from '../../src/cli/lease/azure-environment.ts';
import { applyTo } from '../../src/cli/lease/environment.ts';
import type { OpenedLease as OpenedView, SessionView } from '../../src/cli/owner/owner-client.ts';
import { azureTenant, type Tenant } from '../support/azure-tenant.ts';
import { claimsOf } from '../support/claims.ts';
import { eventually, scratchOwner, type ScratchOwner } from '../support/scratch-owner.ts';
import { by } from '../support/session-journey.ts';

/*
 * The identity endpoint on a real loopback port, in front of the practice cloud's Entra ID: asked by
 * hand, by the Azure SDK for JavaScript and by the Azure CLI, all without a login of their own.
 */

const root = join(import.meta.dirname, '..', '..');
const manager = 'https://management.core.windows.net/';
const vault = 'https://vault.azure.net';
/** The API server of AKS. */
const kubernetes = '6dae42f8-4368-4678-94ff-3960e28e3630';

let owner: ScratchOwner;
let loopback: Loopback;
let tenant: Tenant;
/** How many requests reached the port. */
let asked = 0;
beforeEach(async () => {
  owner = await scratchOwner();
  const api = createApi(owner.stint);
  loopback = new Loopback(
    {
      fetch: (request, from) => {
        asked += 1;
        return api.fetch(request, { kind: 'tcp', ...from });
      },
      direct: (request, from) => api.direct(request, { kind: 'tcp', ...from }),
    },
    () => Promise.resolve(),
    new PeerGuard({ log: { warn: () => undefined }, named: () => new Set() }),
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
    // Whatever goes past the endpoint reaches the practice cloud at most.
    HTTPS_PROXY: owner.azure.azureProxy,
    HTTP_PROXY: owner.azure.azureProxy,
    REQUESTS_CA_BUNDLE: owner.azure.azureCaFile,
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
      'expires_in',
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
    expect(body['expires_in']).toMatch(/^\d{3,4}$/);
    expect(Number(body['expires_in'])).toBeGreaterThan(400);
  });

  /*
   * Terraform: hashicorp/go-azure-sdk, sdk/auth/managed_identity_authorizer.go. With MSI_ENDPOINT and
   * MSI_SECRET it takes the first form, in versions before those variables the second.
   */
  it.each([
    [
      'MSI_ENDPOINT',
      '2019-08-01',
      (env: Record<string, string | undefined>) => ({
        metadata: 'true',
        'x-ms-identity': env['IDENTITY_HEADER'] ?? '',
      }),
    ],
    ['ARM_MSI_ENDPOINT', '2018-02-01', () => ({ metadata: 'true' })],
  ])('answers Terraform at %s with api-version %s', async (variable, version, headers) => {
    const { env } = await lent();
    expect(env).toMatchObject({
      ARM_USE_MSI: 'true',
      ARM_SUBSCRIPTION_ID: tenant.session('Payments').subscriptionId,
      ARM_TENANT_ID: tenant.tenantId,
    });
    // url.Values.Encode sorts by key.
    const asked = new URLSearchParams({ 'api-version': version, resource: manager });
    const { status, body } = await get(String(env[variable]), `?${asked.toString()}`, headers(env));
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', resource: manager });
    // Its only source of the end; a number would do as well.
    expect(Number.parseInt(String(body['expires_in']), 10)).toBeGreaterThan(400);
    expect(claimsOf(body['access_token'] ?? '')).toMatchObject({ aud: manager });
  });

  it('refuses requests in the form of virtual machines that a page could cause, or without a lease', async () => {
    const { env, url } = await lent();
    const endpoint = String(env['ARM_MSI_ENDPOINT']);
    const query = '?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net';
    const metadata = { metadata: 'true' };
    const refusals = [
      [await get(endpoint, query, {}), 400, 'metadata'],
      [await get(endpoint, query.replace('2018', '2019'), metadata), 400, '2018-02-01'],
      [await get(`${url}/x`, query, metadata), 401, 'does not belong to this session'],
      [await get(endpoint, `${query}&client_id=x`, metadata), 400, 'client_id'],
    ] as const;
    for (const [{ status, body }, expected, words] of refusals) {
      expect({ status, message: body['message'] }).toEqual({
        status: expected,
        message: expect.stringContaining(words) as string,
      });
    }
    // The token of the lease is part of the path: no answer repeats it.
    const posted = await fetch(endpoint, { method: 'POST' });
    expect(await posted.text()).not.toContain(String(env['MSI_SECRET']));
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
    asked = 0;
    const { stdout } = await run(process.execPath, credentialProgram(vault), payments.env);
    expect(stdout).toContain('refused');
    expect(stdout).toContain('Session Payments has ended (stopped)');
    // The SDK does not try again, which would take it up to 18 s.
    expect(asked).toBe(1);
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
    // As azurerm (hashicorp/go-azure-sdk, sdk/auth/azure_cli_authorizer.go) and kubelogin and azd
    // (Azure/azure-sdk-for-go, sdk/azidentity/azure_cli_credential.go) ask.
    const asked = [
      ['--scope', 'https://graph.microsoft.com/.default', '--tenant', tenant.tenantId],
      ['-o', 'json', '--resource', kubernetes, '--tenant', tenant.tenantId],
      ['-o', 'json', '--resource', 'https://management.azure.com'],
    ];
    for (const args of asked) {
      const { stdout, stderr } = await run(
        'az',
        ['account', 'get-access-token', ...args],
        first.env,
      );
      expect(stderr).toBe('');
      const { accessToken } = JSON.parse(stdout) as Record<string, string>;
      const resource = String(args.find((one) => one === kubernetes || one.startsWith('https:')));
      expect(claimsOf(accessToken ?? '')).toMatchObject({
        aud: resource.replace('/.default', ''),
        upn: tenant.userName,
      });
    }
    const cache = join(first.azureConfigDir ?? '', 'msal_token_cache.json');
    const before = await readFile(cache, 'utf8');
    await owner.pass(2);
    await owner.stint.sessions.rotate(first.session.sessionId, { by });
    await eventually(
      () => readFile(cache, 'utf8'),
      (now) => now !== before,
    );
    expect(await readFile(join(first.azureConfigDir ?? '', 'config'), 'utf8')).toContain(
      'AzureCloud',
    );
    await owner.stint.sessions.stop(first.session.sessionId, { by });
    await eventually(
      () => existsSync(cache),
      (isThere) => !isThere,
    );
    const refused = await run('az', ['account', 'get-access-token'], first.env);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('Session Payments has ended');
  });
});
