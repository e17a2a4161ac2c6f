import { expect, it } from 'vitest';
import { profilesIn } from '../../../src/cli/doctor/aws-profiles.ts';
import type { AgentFacts, Facts, KnownSession } from '../../../src/cli/doctor/facts.ts';
import { faultsOf } from '../../../src/cli/doctor/faults/all.ts';

const sessionId = '0c8f7a52-3f64-4a3e-9a53-6f2d3a1b7c90';
const payments: KnownSession = {
  sessionId,
  sessionName: 'payments',
  status: 'active',
  type: 'awsIamUser',
  profileName: 'pay',
  delivery: 'credentials-file',
};
const azure = { ...payments, type: 'azure', delivery: 'azure-cli' };
const inactive = { ...payments, status: 'inactive' };
const settings = { azureConfigDir: '/home/anna/.azure' } as AgentFacts['settings'];
const agent: AgentFacts = {
  version: '1.0.0',
  port: 4711,
  settings,
  sessions: [payments],
  integrations: [],
};
const healthy: Facts = {
  env: { HOME: '/home/anna' },
  platform: 'linux',
  now: Date.parse('2026-06-01T12:00:00Z'),
  home: '/home/anna/.config/stint',
  version: '1.0.0',
  disk: { free: 10 ** 10 },
  staleLocks: [],
  awsCredentials: { path: '/creds', profiles: [] },
  awsConfig: { path: '/config', profiles: [] },
  profilesOfShell: new Set(['default', 'pay']),
  azureCli: { hasEncryptedCache: false },
  notOnPath: [],
  missing: new Set(),
  deadProxies: [],
  agent,
};

const shell = (env: NodeJS.ProcessEnv, more: Partial<Facts> = {}): Partial<Facts> => ({
  env: { ...healthy.env, ...env },
  ...more,
});
const knowing = (...sessions: KnownSession[]) => ({ agent: { ...agent, sessions } });
const credentials = (text: string) => ({
  awsCredentials: { path: '/creds', profiles: profilesIn(text, false) },
});
const config = (text: string) => ({
  awsConfig: { path: '/config', profiles: profilesIn(text, true) },
});
const endpoint = `http://127.0.0.1:4711/credentials/${sessionId}`;
const identity = `http://127.0.0.1:4711/azure/${sessionId}/token`;
const lost = '/home/anna/.config/stint/leases/1/token';

/** What makes the fault, then what doctor says about it and advises. */
const faults: readonly (readonly [string, Partial<Facts>, RegExp, RegExp])[] = [
  ['an agent of another version', { version: '1.1.0' }, /1\.1\.0.*agent.*1\.0\.0/, /agent stop/],
  [
    'another agent in the usual home',
    { otherHome: { home: '/usual', pid: 7 } },
    /pid 7.*\/usual/,
    /env -u STINT_HOME stint agent stop/,
  ],
  [
    'a home on a network drive',
    { disk: { network: 'NFS' } },
    /network drive \(NFS\)/,
    /STINT_HOME/,
  ],
  [
    'one home on two machines',
    { otherMachine: 'old-laptop' },
    /on old-laptop uses/,
    /stint export/,
  ],
  ['a disk that is nearly full', { disk: { free: 9_000_000 } }, /has 8 MB left/, /Free some space/],
  [
    'the lock of a browser that has ended',
    { staleLocks: ['/b/SingletonLock'] },
    /browser that has ended/,
    /rm \/b\/SingletonLock/,
  ],
  [
    'a proxy that does not answer',
    { deadProxies: [{ setting: 'https-proxy', url: 'http://p:1', reason: 'ECONNREFUSED' }] },
    /http:\/\/p:1 of https-proxy cannot be reached: ECONNREFUSED/,
    /settings unset https-proxy/,
  ],
  [
    'certificates that are not there',
    shell({ AWS_CA_BUNDLE: '/gone.pem' }, { missing: new Set(['/gone.pem']) }),
    /AWS_CA_BUNDLE.*\/gone\.pem/,
    /unset AWS_CA_BUNDLE/,
  ],
  [
    'a sign-in that has expired',
    {
      agent: {
        ...agent,
        integrations: [
          {
            name: 'acme',
            kind: 'awsSso',
            status: 'logged-in',
            loggedInUntil: '2026-06-01T11:00:00Z',
          },
        ],
      },
    },
    /sign-in of acme has expired/,
    /integration login 'acme'/,
  ],
  ['no AWS CLI', { notOnPath: ['aws', 'az'] }, /AWS CLI \(aws\) is not on PATH/, /PATH/],
  [
    'no Azure CLI',
    { ...knowing(azure), notOnPath: ['aws', 'az'] },
    /Azure CLI \(az\) is not on PATH/,
    /PATH/,
  ],
  [
    'AWS_PROFILE for a profile that is not there',
    shell({ AWS_PROFILE: 'gone' }),
    /AWS_PROFILE is gone.*no AWS file has/,
    /unset AWS_PROFILE/,
  ],
  [
    'AWS_PROFILE for a session that is not active',
    shell({ AWS_DEFAULT_PROFILE: 'pay' }, { ...knowing(inactive), profilesOfShell: new Set() }),
    /session payments is not active/,
    new RegExp(`stint start ${sessionId}`),
  ],
  [
    'role_arn in the profile of a session',
    config('[default]\n[profile pay]\nrole_arn=x\nsource_profile=y\n'),
    /line 2, has role_arn.*instead of session payments/,
    /session edit payments --profile/,
  ],
  [
    'SSO in the profile of a session',
    config('[profile "pay"]\nsso_session=x\nsso_account_id=1\n'),
    /has sso_account_id/,
    /Rename that section/,
  ],
  [
    'other keys in the profile of a session that delivers by a program',
    {
      ...knowing({ ...payments, delivery: 'credential-process' }),
      ...credentials('[pay]\naws_access_key_id=x\n'),
    },
    /has other keys.*instead of session payments/,
    /--delivery credentials-file/,
  ],
  [
    'keys of one profile in both files',
    {
      ...credentials('[mine]\naws_access_key_id=x\n'),
      ...config('[profile mine]\naws_access_key_id=x\n'),
    },
    /Profile mine has keys in line 1 of \/creds and in line 1 of \/config/,
    /Remove the keys/,
  ],
  [
    'a profile that runs a Stint that is gone',
    {
      ...config(
        `[profile x]\ncredential_process = "/opt/old stint/stint" credentials ${sessionId}\n`,
      ),
      missing: new Set(['/opt/old stint/stint']),
    },
    /Profile x.*runs \/opt\/old stint\/stint, which is not there/,
    /Correct its credential_process/,
  ],
  [
    'a section of a session that another home has',
    credentials('[x]\n# Stint session 77777777-1111: removed when the session stops\n'),
    /Profile x in \/creds, line 1, belongs to session 77777777-1111/,
    /STINT_HOME=FOLDER stint stop/,
  ],
  [
    'the endpoint of a session that has ended',
    shell({ AWS_CONTAINER_CREDENTIALS_FULL_URI: endpoint }, knowing(inactive)),
    /endpoint of session payments, which is not active/,
    /unset AWS_CONTAINER_CREDENTIALS_FULL_URI/,
  ],
  [
    'an endpoint at a port that the agent no longer has',
    shell(
      { IDENTITY_ENDPOINT: identity, IDENTITY_HEADER: 'x' },
      { agent: { ...agent, port: 5000 } },
    ),
    /listens at port 5000 now/,
    /unset IDENTITY_ENDPOINT IDENTITY_HEADER/,
  ],
  [
    'the token file of a lease that is closed',
    shell({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: lost }, { missing: new Set([lost]) }),
    /names a file of a lease that is closed/,
    /unset AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE/,
  ],
  [
    'a proxy between a tool and the endpoint',
    shell({ IDENTITY_ENDPOINT: identity, HTTP_PROXY: 'http://p', NO_PROXY: 'localhost' }),
    /NO_PROXY does not have 127\.0\.0\.1/,
    /export NO_PROXY/,
  ],
  [
    'a web identity in the shell',
    shell({ AWS_ROLE_ARN: 'arn', AWS_WEB_IDENTITY_TOKEN_FILE: '/t' }),
    /assume that role instead/,
    /unset AWS_ROLE_ARN/,
  ],
  [
    'another folder of the Azure CLI',
    shell({ AZURE_CONFIG_DIR: '/elsewhere' }),
    /uses \/elsewhere, but the agent writes \/home\/anna\/\.azure/,
    /settings set azure-config-dir \/elsewhere/,
  ],
  [
    'an Azure CLI that encrypts its tokens',
    { ...knowing(azure), azureCli: { encrypts: true, hasEncryptedCache: false } },
    /encrypts its tokens/,
    /stint exec/,
  ],
  [
    'an application that signs in for the Azure SDKs',
    shell({ AZURE_CLIENT_ID: 'id', AZURE_CLIENT_SECRET: 'hunter2' }),
    /AZURE_CLIENT_ID, AZURE_CLIENT_SECRET: the Azure SDKs sign in/,
    /unset AZURE_CLIENT_ID AZURE_CLIENT_SECRET/,
  ],
  [
    'an application that signs in for Terraform',
    shell({ ARM_CLIENT_ID: 'id', ARM_CLIENT_SECRET: 'hunter2' }),
    /Terraform signs in/,
    /unset ARM_CLIENT_ID ARM_CLIENT_SECRET/,
  ],
];

it('a healthy machine has no fault', () => {
  expect(faultsOf(healthy)).toEqual([]);
  expect(
    faultsOf({ ...healthy, ...shell({ AWS_PROFILE: 'pay', IDENTITY_ENDPOINT: identity }) }),
  ).toEqual([]);
});

it.each(faults)(
  '%s is the one fault that doctor names, with its cure',
  (_fault, cause, what, fix) => {
    const findings = faultsOf({ ...healthy, ...cause });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.level).not.toBe('ok');
    expect(findings[0]?.what).toMatch(what);
    expect(findings[0]?.fix).toMatch(fix);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  },
);

it('an AWS file is read for names, not for secrets', () => {
  const text = '[a]\naws_secret_access_key = hunter2\ns3 =\n  role_arn = x\n[b]\nRegion: y\n';
  const profiles = profilesIn(text, false);
  expect(profiles.map(({ name, settings: set }) => [name, ...set])).toEqual([
    ['a', 'aws_secret_access_key', 's3'],
    ['b', 'region'],
  ]);
  expect(JSON.stringify(profiles)).not.toContain('hunter2');
});

it.each([
  ['config', '[profile voilà]', 'voilà'],
  ['config', '[profile "voilà"]', 'voilà'],
  ['config', '[profile\u00a0dev]', 'dev'],
  ['credentials', '[voilà]', 'voilà'],
])('in the %s file, %s is the profile %s', (file, header, name) => {
  const text = Buffer.from(`${header}\ncredential_process = /opt/voilà\n`).toString('latin1');
  expect(profilesIn(text, file === 'config')).toMatchObject([
    { name, credentialProcess: '/opt/voilà' },
  ]);
});
