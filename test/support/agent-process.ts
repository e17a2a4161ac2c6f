import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');
export const stintCommand = join(root, 'dist', 'stint.cjs');
const compileCache = join(root, '.tsc', 'compile-cache');

/** Its own computer in a scratch folder: home, AWS files and environment. */
export interface ScratchComputer {
  readonly folder: string;
  readonly home: string;
  readonly credentialsFile: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the agent in the background, if one runs, as the system does at a logout. */
  endAgent(): Promise<void>;
  remove(): Promise<void>;
}

export async function scratchComputer(options: {
  readonly stsEndpoint?: string;
  /** Of Identity Center, sign-in and portal. */
  readonly signinEndpoint?: string | undefined;
  readonly ssoEndpoint?: string;
  /** Entra ID and Resource Manager, and the CA that they are signed by. */
  readonly azure?: {
    readonly entraEndpoint: string;
    readonly resourceManagerEndpoint: string;
    readonly azureProxy: string;
    readonly azureCaFile: string;
  };
  /** Azure is there under Microsoft's own names, instead of as a private cloud. */
  readonly publicAzure?: boolean;
  readonly passphrase?: string;
  readonly credentials?: string;
}): Promise<ScratchComputer> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-test-'));
  const credentialsFile = join(folder, '.aws', 'credentials');
  await mkdir(join(folder, '.aws'), { mode: 0o700 });
  if (options.credentials !== undefined) {
    await writeFile(credentialsFile, options.credentials, { mode: 0o600, encoding: 'latin1' });
  }
  const home = join(folder, 'stint');
  return {
    folder,
    home,
    credentialsFile,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      // What Node compiled of Stint's programs, for all scratch computers.
      NODE_COMPILE_CACHE: compileCache,
      STINT_HOME: home,
      STINT_SECRETS: 'passphrase',
      STINT_PASSPHRASE: options.passphrase ?? 'correct horse battery staple',
      AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
      AWS_CONFIG_FILE: join(folder, '.aws', 'config'),
      AZURE_CONFIG_DIR: join(folder, '.azure'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      ...(options.stsEndpoint === undefined ? {} : { AWS_ENDPOINT_URL_STS: options.stsEndpoint }),
      ...(options.signinEndpoint === undefined
        ? {}
        : { AWS_ENDPOINT_URL_SIGNIN: options.signinEndpoint }),
      ...(options.ssoEndpoint === undefined
        ? {}
        : {
            AWS_ENDPOINT_URL_SSO: options.ssoEndpoint,
            AWS_ENDPOINT_URL_SSO_OIDC: options.ssoEndpoint,
          }),
      ...(options.azure === undefined
        ? {}
        : {
            ...(options.publicAzure === true
              ? { HTTPS_PROXY: options.azure.azureProxy }
              : {
                  AZURE_AUTHORITY_HOST: options.azure.entraEndpoint,
                  AZURE_RESOURCE_MANAGER_URL: options.azure.resourceManagerEndpoint,
                }),
            REQUESTS_CA_BUNDLE: options.azure.azureCaFile,
          }),
    },
    endAgent: () => endAgent({ home }),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** As `stint agent stop`, without a process for it. */
async function endAgent(computer: Pick<ScratchComputer, 'home'>): Promise<void> {
  const { pid } = await callOwner(computer, 'POST', '/v1/owner/stop').then(
    (answer) => answer.json<{ readonly pid?: number }>(),
    () => ({ pid: undefined }),
  );
  const deadline = performance.now() + 120_000;
  while (pid !== undefined && isRunning(pid)) {
    if (performance.now() > deadline) throw new Error(`The agent (pid ${pid}) does not end.`);
    await pause(10);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; a caller says what it expects. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what it expects
  json<T = Record<string, unknown>>(): T;
}

export interface AgentProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Everything it wrote to standard error. */
  stderr(): string;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the built agent in the foreground and waits until it serves. */
export async function startAgentProcess(
  computer: ScratchComputer,
  options: { readonly env?: NodeJS.ProcessEnv; readonly args?: readonly string[] } = {},
): Promise<AgentProcess> {
  const child = spawn(process.execPath, [stintCommand, 'agent', ...(options.args ?? [])], {
    env: { ...computer.env, ...options.env },
    cwd: computer.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  const running = new Promise<void>((resolve, reject) => {
    const collect = (text: string) => {
      stderr += text;
      if (stderr.includes('is running')) resolve();
    };
    child.stderr.setEncoding('utf8').on('data', collect);
    child.stdout.setEncoding('utf8').on('data', collect);
    child.once('exit', (code) => {
      reject(new Error(`the agent ended with ${String(code)}: ${stderr}`));
    });
  });
  await running;
  return {
    child,
    pid: child.pid ?? 0,
    stderr: () => stderr,
    call: (method, path, body, headers) => callOwner(computer, method, path, body, headers),
    async kill(signal = 'SIGKILL') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** One request to the owner of the computer's workspace, with the owner's token. */
export async function callOwner(
  computer: Pick<ScratchComputer, 'home'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const token = (await readFile(join(computer.home, 'token'), 'utf8')).trim();
  return await new Promise((resolve, reject) => {
    const asked = request(
      {
        socketPath: join(computer.home, 'agent.sock'),
        method,
        path,
        headers: {
          host: 'stint',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as declared
            json: <T>() => JSON.parse(text) as T,
          });
        });
        response.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
