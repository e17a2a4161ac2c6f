import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

/** A user's computer in a scratch folder: nothing outside it is read or written. */
export interface Scratch {
  readonly folder: string;
  readonly credentialsFile: string;
  /** What a shell on that computer has in its environment. */
  readonly env: NodeJS.ProcessEnv;
  remove(): Promise<void>;
}

/** The user's credentials file before Stint: every byte of it has to survive. */
export const usersOwnFile = [
  '# my own profiles; do not touch',
  '[personal]',
  'aws_access_key_id=AKIAIOSFODNN7EXAMPLE',
  'aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  's3 =',
  '  max_concurrent_requests = 20',
  '; the old way',
  'x_future_setting = 007',
].join('\r\n');

export async function makeScratch({
  stsEndpoint,
  ssoEndpoint,
  entraEndpoint,
  resourceManagerEndpoint,
  azureCaFile,
  signinEndpoint,
}: Omit<
  PracticeCloudProcess,
  'azureProxy' | 'adminEndpoint' | 'adminToken' | 'end'
>): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-demo-'));
  const credentialsFile = join(folder, '.aws', 'credentials');
  await mkdir(join(folder, '.aws'), { mode: 0o700 });
  await writeFile(credentialsFile, usersOwnFile, { mode: 0o600 });
  return {
    folder,
    credentialsFile,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      STINT_HOME: join(folder, 'stint'),
      STINT_SECRETS: 'passphrase',
      STINT_PASSPHRASE: randomBytes(18).toString('base64'),
      AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
      AWS_CONFIG_FILE: join(folder, '.aws', 'config'),
      AWS_ENDPOINT_URL_STS: stsEndpoint,
      AWS_ENDPOINT_URL_SSO: ssoEndpoint,
      AWS_ENDPOINT_URL_SSO_OIDC: ssoEndpoint,
      AWS_ENDPOINT_URL_SIGNIN: signinEndpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      AZURE_CONFIG_DIR: join(folder, '.azure'),
      AZURE_AUTHORITY_HOST: entraEndpoint,
      AZURE_RESOURCE_MANAGER_URL: resourceManagerEndpoint,
      REQUESTS_CA_BUNDLE: azureCaFile,
      NODE_EXTRA_CA_CERTS: azureCaFile,
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface PracticeCloudProcess {
  readonly stsEndpoint: string;
  readonly ssoEndpoint: string;
  readonly signinEndpoint: string;
  readonly entraEndpoint: string;
  readonly resourceManagerEndpoint: string;
  readonly azureCaFile: string;
  /** Serves Microsoft's own names. */
  readonly azureProxy: string;
  readonly adminEndpoint: string;
  readonly adminToken: string;
  end(): void;
}

/** Starts the practice cloud as a separate process. */
export async function startPracticeCloud(): Promise<PracticeCloudProcess> {
  const cloud: ChildProcess = spawn(
    process.execPath,
    [join(root, 'practice-cloud', 'main.ts'), '--end-with-stdin'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const line = await new Promise<string>((resolve, reject) => {
    cloud.once('exit', () => {
      reject(new Error('The practice cloud did not start.'));
    });
    if (cloud.stdout !== null) createInterface(cloud.stdout).once('line', resolve);
  });
  const endpoints = JSON.parse(line) as Omit<PracticeCloudProcess, 'end'>;
  return { ...endpoints, end: () => cloud.kill() };
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What is on its standard input. */
  readonly input?: string;
  /** Variables beside those of the computer. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program on the scratch computer. */
export async function run(
  scratch: Scratch,
  command: string,
  args: readonly string[],
  { input = '', env = {} }: RunOptions = {},
): Promise<Ran> {
  const child = spawn(command, args, { env: { ...scratch.env, ...env }, cwd: scratch.folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}

/** The command under demonstration. */
export const command = join(root, 'bin', 'stint.js');

/** Runs `stint`, and throws with its words when it does not end with `expected`. */
export async function stint(
  scratch: Scratch,
  args: readonly string[],
  { expected = 0, ...options }: RunOptions & { readonly expected?: number } = {},
): Promise<string> {
  const ran = await run(scratch, process.execPath, [command, ...args], options);
  if (ran.code !== expected) {
    throw new Error(`stint ${args.join(' ')} ended with ${String(ran.code)}: ${ran.stderr.trim()}`);
  }
  return ran.stdout;
}
