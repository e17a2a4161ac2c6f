import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statfsSync,
} from 'node:fs';
import { connect } from 'node:net';
import { homedir, hostname } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expandPath } from '../../models/path-variables.ts';
import type { Settings } from '../../models/settings.ts';
import type { Context } from '../context.ts';
import { ownerLocation } from '../../client/node/owner-location.ts';
import { readAwsProfiles } from './aws-profiles.ts';
import type { AgentFacts, AzureCliFacts, Disk, Facts } from './facts.ts';
import { withProcess } from './faults/aws-profiles.ts';

/** How long a proxy may take to accept a connection, in milliseconds. */
const proxyPatience = 1500;

/** Everything the faults are looked for in. Never throws: what cannot be read is not there. */
export async function gatherFacts(
  { shell: { env }, location: { home }, version }: Context,
  agent: AgentFacts,
): Promise<Facts> {
  const { settings } = agent;
  const awsCredentials = readAwsProfiles(settings.awsCredentialsFile, false);
  const awsConfig = readAwsProfiles(settings.awsConfigFile, true);
  const named = [
    ...pathVariables.flatMap((name) => env[name] || []),
    ...withProcess({ awsCredentials, awsConfig }).map(({ program }) => program),
  ];
  return {
    env,
    platform: process.platform,
    now: Date.now(),
    home,
    version,
    disk: diskOf(home),
    otherHome: otherHomeOf(home),
    otherMachine: otherMachineOf(home),
    staleLocks: staleLocksIn(join(home, 'browser')),
    awsCredentials,
    awsConfig,
    profilesOfShell: profilesOfShell(env),
    azureCli: azureCliIn(settings.azureConfigDir),
    notOnPath: ['aws', 'az'].filter((program) => !isOnPath(env, program)),
    missing: new Set(named.filter((path) => !existsSync(path))),
    deadProxies: await deadProxiesOf(settings),
    agent,
  };
}

/** Those whose file or folder is looked for. */
const pathVariables = [
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CONFIG_FILE',
  'AZURE_CONFIG_DIR',
  'AWS_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
];

/** Magic numbers of statfs(2) on Linux. */
const networkFileSystems: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
  0x517b: 'SMB',
  0x01021997: '9P',
  0x00c36400: 'Ceph',
  0x5346414f: 'AFS',
};

function diskOf(home: string): Disk {
  try {
    const { bavail, bsize, type } = statfsSync(home);
    return {
      free: bavail * bsize,
      network: process.platform === 'linux' ? networkFileSystems[type >>> 0] : undefined,
    };
  } catch {
    return {};
  }
}

/** Another agent in the home that Stint has without STINT_HOME. */
function otherHomeOf(home: string): Facts['otherHome'] {
  const usual = ownerLocation({}).home;
  if (usual === home) return undefined;
  const { pid } = ownerRecordIn(usual);
  return typeof pid === 'number' && isAlive(pid) ? { home: usual, pid } : undefined;
}

/** The agent of this home has written its own record since it started. */
function otherMachineOf(home: string): Facts['otherMachine'] {
  const { machine } = ownerRecordIn(home);
  return typeof machine === 'string' && machine !== hostname() ? machine : undefined;
}

function ownerRecordIn(home: string): { readonly pid?: unknown; readonly machine?: unknown } {
  try {
    return JSON.parse(readFileSync(join(home, 'agent.json'), 'utf8')) as object;
  } catch {
    return {};
  }
}

/** Chromium's lock is a link to `HOST-PID`. */
function staleLocksIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name, 'SingletonLock'))
      .filter((lock) => lstatSync(lock, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      .filter((lock) => !isAlive(Number(/-(\d+)$/.exec(readlinkSync(lock))?.[1])));
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function profilesOfShell(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const home = env['HOME'] || homedir();
  const file = (variable: string, usual: string) =>
    env[variable] ? resolve(expandPath(env[variable], env, home)) : join(home, '.aws', usual);
  const both = [
    readAwsProfiles(file('AWS_SHARED_CREDENTIALS_FILE', 'credentials'), false),
    readAwsProfiles(file('AWS_CONFIG_FILE', 'config'), true),
  ];
  return new Set(both.flatMap(({ profiles }) => profiles.map(({ name }) => name)));
}

function azureCliIn(folder: string): AzureCliFacts {
  let config = '';
  try {
    config = readFileSync(join(folder, 'config'), 'utf8');
  } catch {
    // Without one, the Azure CLI has its defaults.
  }
  const core = /^\[core\]([^[]*)/im.exec(config)?.[1] ?? '';
  const encrypts = /^\s*encrypt_token_cache\s*[=:]\s*(\w+)/im.exec(core)?.[1];
  return {
    encrypts: encrypts === undefined ? undefined : /^(1|yes|true|on)$/i.test(encrypts),
    hasEncryptedCache: existsSync(join(folder, 'msal_token_cache.sig')),
  };
}

function isOnPath(env: NodeJS.ProcessEnv, program: string): boolean {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  return (env['PATH'] ?? env['Path'] ?? '')
    .split(delimiter)
    .some((folder) =>
      endings.some((end) => folder !== '' && existsSync(join(folder, program + end))),
    );
}

async function deadProxiesOf(
  settings: Pick<Settings, 'httpProxy' | 'httpsProxy'>,
): Promise<Facts['deadProxies']> {
  const wanted = [
    ['http-proxy', settings.httpProxy],
    ['https-proxy', settings.httpsProxy],
  ] as const;
  const answers = await Promise.all(
    wanted.map(async ([setting, url]) => {
      const proxy = URL.parse(url ?? '');
      const reason = proxy === null ? undefined : await whyUnreachable(proxy);
      return proxy === null || reason === undefined ? [] : [{ setting, url: proxy.origin, reason }];
    }),
  );
  return answers.flat();
}

/** Undefined for a proxy that accepts a connection. */
async function whyUnreachable({ hostname, port, protocol }: URL): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: proxyPatience,
    });
    const done = (reason?: string) => {
      socket.destroy();
      resolve(reason);
    };
    socket.once('connect', () => done());
    socket.once('timeout', () => done('it does not answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}
