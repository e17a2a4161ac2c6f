import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Prompt } from '../../src/models/prompt.ts';
import { azureTenant } from '../support/azure-tenant.ts';
import { approve, userName } from '../support/identity-center.ts';
import { startFeed, type TestFeed } from '../support/release-feed.ts';
import { scratchApi, type ScratchApi } from '../support/scratch-api.ts';
import { eventually } from '../support/scratch-owner.ts';
import { by } from '../support/session-journey.ts';
import { deviations, requestDeviations } from '../support/described-answers.ts';

/* The examples of openapi.json, as somebody would run them one after the other in a shell. */

interface Operation {
  readonly operationId: string;
  readonly 'x-codeSamples': readonly [{ readonly source: string }];
}

const passphrase = 'correct horse battery staple';
const { paths } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8'),
) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
const described = new Map(
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId, 'x-codeSamples': samples }]) =>
        [
          operationId,
          { operation: `${method.toUpperCase()} ${path}`, source: samples[0].source },
        ] as const,
    ),
  ),
);

let owner: ScratchApi;
let feed: TestFeed;
const variables = new Map<string, string>();
beforeAll(async () => {
  feed = await startFeed();
  owner = await scratchApi({ passphrase, releases: feed });
  variables.set('TOKEN', owner.stint.access.ownerToken());
  variables.set('PASSPHRASE', passphrase);
  variables.set('NEW_PASSPHRASE', `${passphrase}, again`);
});
afterAll(async () => {
  await owner.close();
  await feed.close();
});

interface Step {
  /** What somebody or something else does before it. */
  readonly before?: () => Promise<unknown>;
  /** What they do with the answer. */
  readonly after?: (answer: Record<string, unknown>) => Promise<unknown>;
  /** Variables of later examples, from fields of the answer. */
  readonly keep?: Readonly<Record<string, string>>;
  /** Where the example is refused as long as nothing is wrong with the machine. */
  readonly status?: number;
}

const steps: Readonly<Record<string, Step>> = {
  getHealth: {},
  handshake: {},
  getOpenApi: {},
  getOwner: {},
  createWindowAddress: {},
  restoreVault: { status: 409 },
  getSettings: {},
  updateSettings: {},
  checkRelease: {
    before: () => {
      feed.publish({
        name: 'stint',
        version: '0.1.0',
        publishedAt: new Date(Date.now() - 86_400_000).toISOString(),
        expires: new Date(Date.now() + 86_400_000).toISOString(),
        page: 'https://stint.example/0.1.0',
      });
      return Promise.resolve();
    },
  },
  getRelease: {},

  createSession: {
    before: async () => {
      const user = await owner.cloud.createUser({ accountId: '447109328810', userName: 'ben' });
      variables.set('ACCESS_KEY_ID', user.accessKeyId);
      variables.set('SECRET_ACCESS_KEY', user.secretAccessKey);
    },
    keep: { SESSION: 'sessionId' },
  },
  testSession: {},
  getSession: {},
  replaceSession: {},
  updateSession: {},
  listSessions: {},
  listProfiles: {},
  publishProfiles: {},
  renameProfile: {},
  unpublishProfiles: {},
  startSession: {},
  rotateSession: {},
  extendSession: {},
  restoreSession: {},
  listRuns: {},
  openConsole: {
    before: async () => {
      const { session, user } = await owner.addUser('cleo');
      const roleArn = 'arn:aws:iam::447109328810:role/Audit';
      await owner.cloud.createRole({ roleArn, principals: [user.arn] });
      const { sessionId } = await owner.stint.sessions.create({
        fields: {
          type: 'awsIamRoleChained',
          sessionName: 'audit',
          region: 'eu-west-1',
          parentSessionId: session.sessionId,
          roleArn,
          roleSessionName: 'cleo',
        },
        by,
      });
      await owner.stint.sessions.start(sessionId, { by });
      variables.set('ROLE_SESSION', sessionId);
    },
  },
  getCredentials: {},
  copyCredentials: {},
  openLease: { keep: { LEASE: 'lease.leaseId', LEASE_TOKEN: 'token' } },
  listLeases: {},
  getLease: {},
  getOwnLease: {},
  getLeaseCredentials: {},
  getContainerCredentials: {},
  closeLease: {},
  rotateAccessKeys: {},
  listChanges: { keep: { CHANGE: 'items.0.id' } },
  restoreChange: {},
  stopSession: {},
  forgetSession: {},

  listPrompts: {
    before: async () => {
      const { session, user } = await owner.addUser('anna', { mfa: true });
      await owner.stint.sessions.start(session.sessionId, { by });
      variables.set('CODE', await owner.cloud.mfaCode(String(user.mfaSerial)));
    },
    keep: { PROMPT: 'items.0.promptId' },
  },
  answerPrompt: {},

  createIntegration: {
    before: async () => {
      const { startUrl } = await owner.cloud.createIdentityCenter({ name: 'acme' });
      await owner.cloud.createSsoUser({ startUrl, userName });
      variables.set('START_URL', startUrl);
    },
    keep: { INTEGRATION: 'integrationId' },
  },
  listIntegrations: {},
  getIntegration: {},
  updateIntegration: {},
  signInIntegration: {
    after: async ({ prompts }) => {
      await approve(owner, prompts as readonly Prompt[]);
      await eventually(
        () => owner.stint.integrations.get(String(variables.get('INTEGRATION'))).status,
        (status) => status === 'logged-in',
      );
    },
  },
  syncIntegration: {},
  signOutIntegration: {},
  deleteIntegration: {},
  createIdentityProvider: { keep: { IDP: 'idpId' } },
  listIdentityProviders: {},
  getIdentityProvider: {},
  updateIdentityProvider: {},
  deleteIdentityProvider: {},
  getIdentityToken: {
    before: async () => {
      const tenant = await azureTenant(owner, 'contoso');
      await tenant.offer('Payments');
      await tenant.sync();
      const { sessionId } = tenant.session('Payments');
      await owner.stint.sessions.start(sessionId, { by });
      const { token } = await owner.stint.leases.open(sessionId, { kind: 'endpoint', by });
      variables.set('AZURE_SESSION', sessionId);
      variables.set('AZURE_LEASE_TOKEN', token);
    },
  },
  getIdentityTokenAsVirtualMachine: {},

  exportSetUp: {},
  import: {
    before: async () => {
      await mkdir(join(owner.folder, '.aws'), { recursive: true });
      await writeFile(
        owner.stint.settings.current().awsConfigFile,
        [
          '[sso-session acme]',
          'sso_region = eu-west-1',
          'sso_start_url = https://acme.awsapps.com/start',
          '[profile prod]',
          'sso_session = acme',
          'sso_account_id = 447109328810',
          'sso_role_name = Operator',
          'region = eu-west-1',
          '',
        ].join('\n'),
      );
    },
  },
  undoImport: {},
  createToken: { keep: { NEW_TOKEN: 'token', TOKEN_ID: 'tokenId' } },
  listTokens: {},
  verifyToken: {},
  revokeToken: {},
  resetSigningKey: {},
  streamEvents: {},
  listHistory: {},
  verifyHistory: {},
  exportHistory: {},
  getMetrics: {},
  deleteSession: {},
  lockVault: {},
  unlockVault: {},
  changePassphrase: {},
  releaseOwner: {},
  stopOwner: {},
};

it('every example of openapi.json works, and gets an answer that is described', async () => {
  expect([...described.keys()].sort()).toEqual(Object.keys(steps).sort());
  const commands = expandedByShell(Object.keys(steps));
  for (const [at, [operationId, step]] of Object.entries(steps).entries()) {
    await step.before?.();
    const answer = await run(commands[at] ?? []);
    const { operation = '' } = described.get(operationId) ?? {};
    const isStream = answer.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? '' : await answer.clone().text();
    if (isStream) await answer.body?.cancel();
    else expect(await deviations(operation, answer), operationId).toEqual([]);
    expect
      .soft(
        step.status === undefined ? answer.ok : answer.status === step.status,
        `${operation} ${answer.status} ${text}`,
      )
      .toBe(true);
    for (const [name, field] of Object.entries(step.keep ?? {})) {
      variables.set(name, fieldOf(JSON.parse(text), field));
    }
    const tag = answer.headers.get('etag');
    if (tag !== null) variables.set('ETAG', tag);
    await step.after?.(JSON.parse(text) as Record<string, unknown>);
  }
});

it('every body that openapi.json shows is one that it describes', () => {
  expect([...described.values()].flatMap(({ operation }) => requestDeviations(operation))).toEqual(
    [],
  );
});

/** The arguments that a shell gives to curl, for each example; variables unexpanded. */
function expandedByShell(operationIds: readonly string[]): readonly (readonly string[])[] {
  const sources = operationIds.map((id) => described.get(id)?.source ?? '');
  const names = [...new Set(sources.join('\n').match(/\$[A-Z_]+/g))].map((name) => name.slice(1));
  const output = execFileSync(
    'sh',
    ['-euc', [String.raw`curl() { printf '%s\0' "$@"; printf '\0'; }`, ...sources].join('\n')],
    { encoding: 'utf8', env: Object.fromEntries(names.map((name) => [name, `\${${name}}`])) },
  );
  return output
    .split('\0\0')
    .slice(0, -1)
    .map((one) => one.split('\0'));
}

/** What curl would send, given to the app itself; throws for an option that no example should have. */
async function run(given: readonly string[]): Promise<Response> {
  const args = given.map((text) =>
    text.replaceAll(/\$\{([A-Z_]+)\}/g, (_whole, name: string) => {
      const value = name === 'SOCKET' ? 'agent.sock' : variables.get(name);
      if (value === undefined) throw new Error(`$${name} has no value yet`);
      return value;
    }),
  );
  const headers = new Headers();
  let method = 'GET';
  let body: string | undefined;
  let url = '';
  while (args.length > 0) {
    const option = args.shift() ?? '';
    if (option === '--no-buffer') continue;
    if (!option.startsWith('-')) {
      url = option;
      continue;
    }
    const value = args.shift() ?? '';
    if (option === '-X') method = value;
    else if (option === '-d') body = value;
    else if (option === '-H') {
      const [name = '', ...text] = value.split(': ');
      headers.set(name, text.join(': '));
    } else if (option !== '--unix-socket') throw new Error(`curl has no ${option} here`);
  }
  return await owner.api.fetch(
    new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
    { kind: 'socket' },
  );
}

function fieldOf(answer: unknown, path: string): string {
  let value = answer;
  for (const name of path.split('.')) value = (value as Record<string, unknown>)[name];
  if (typeof value !== 'string') throw new Error(`${path} is not in ${JSON.stringify(answer)}`);
  return value;
}
