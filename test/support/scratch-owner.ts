import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connectAdmin,
  type AdminClient,
  type CreatedUser,
} from '../../practice-cloud/admin-client.ts';
import type { AzureEndpoints } from '../../practice-cloud/azure.ts';
import { startPracticeCloud } from '../../practice-cloud/practice-cloud.ts';
import { compose, type Composition } from '../../src/agent/compose/compose.ts';
import { takeEnvironment } from '../../src/agent/environment.ts';
import { Lifecycle } from '../../src/agent/lifecycle.ts';
import type { ReleaseSource } from '../../src/models/release.ts';
import type { Session } from '../../src/models/session.ts';
import { prepareHome } from '../../src/services/files/home.ts';
import { createLog } from '../../src/services/log/log.ts';
import { stintCommand } from './agent-process.ts';
import { keychainInMemory } from './keychain-in-memory.ts';
import { FakeClock } from '../fakes/clock.ts';

/**
 * The whole owner in this process, on scratch files and against a practice cloud. The time of both is
 * the same and moves only when a test says so, however long real work takes.
 */
export interface ScratchOwner {
  readonly stint: Composition;
  readonly lifecycle: Lifecycle;
  readonly cloud: AdminClient;
  /** Companies' own addresses of access portals: `<vanity>/NAME`. */
  readonly vanity: string;
  /** Where other programs find the practice cloud's Azure. */
  readonly azure: AzureEndpoints;
  /** The person's home folder. */
  readonly folder: string;
  readonly credentialsFile: string;
  /** What the credentials file holds; '' where there is none. */
  credentials(): Promise<string>;
  /** A session of a new user with its keys in the vault. */
  addUser(
    name: string,
    options?: { readonly mfa?: boolean; readonly fields?: object },
  ): Promise<Added>;
  /**
   * Both this machine's time and the cloud's move on. What the scheduler begins meanwhile is done before the
   * next timer fires, except renewals that wait for a person or for a cloud that does not answer.
   */
  pass(seconds: number): Promise<void>;
  /** The machine sleeps: time passes and no timer fires. */
  sleep(seconds: number): void;
  close(): Promise<void>;
}

export interface Added {
  readonly session: Session;
  readonly user: CreatedUser;
}

/** The content of the file before: Stint must keep it. */
export const before = '; mine\r\n[personal]\r\naws_access_key_id=AKIAIOSFODNN7EXAMPLE\r\n';

export interface ScratchOwnerOptions {
  /** Puts a person's files into their scratch folder before the owner comes. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** What time it is, in milliseconds since the epoch; the real time if omitted. */
  readonly now?: number;
  /** More variables of the agent's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Items of other programs in the keychain, by service and account. */
  readonly keychainOfOthers?: Readonly<Record<string, ReadonlyMap<string, string>>> | undefined;
  /** Where newer releases are published. */
  readonly releases?: ReleaseSource;
  /** Protects the vault; it is in a keychain if omitted. */
  readonly passphrase?: string;
}

export async function scratchOwner({
  prepare = prepareCredentials,
  now = Date.now(),
  env = {},
  keychainOfOthers,
  passphrase,
  releases,
}: ScratchOwnerOptions = {}): Promise<ScratchOwner> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-owner-'));
  const credentialsFile = join(folder, '.aws', 'credentials');
  await prepare(folder);
  const clock = new FakeClock(new Date(now).toISOString());
  const practice = await startPracticeCloud({ clock: () => clock.now() });
  const cloud = connectAdmin(practice);
  // Nobody has to wait for the pace at which Entra ID may be asked, or for the next MFA code.
  // The SDK signs by the real clock, which stays where it is while the others move.
  await cloud.setOverrides({
    deviceIntervalSeconds: 1,
    totpWindowSteps: 8,
    signatureMinutes: 1_000_000,
  });
  const paths = await prepareHome(join(folder, 'stint'));
  const log = createLog({ file: paths.log });
  // By the fake clock nothing is ever late: an end that waits for something waits for good.
  const lifecycle = new Lifecycle({ log, clock });
  lifecycle.closeAtEnd('log', () => {
    log.close();
  });
  const stint = await compose({
    paths,
    log,
    lifecycle,
    environment: takeEnvironment({
      HOME: folder,
      STINT_HOME: join(folder, 'stint'),
      ...(passphrase === undefined
        ? { STINT_SECRETS: 'keychain' }
        : { STINT_SECRETS: 'passphrase', STINT_PASSPHRASE: passphrase }),
      AWS_ENDPOINT_URL_STS: practice.stsEndpoint,
      AWS_ENDPOINT_URL_IAM: practice.iamEndpoint,
      AWS_ENDPOINT_URL_SSO: practice.ssoEndpoint,
      AWS_ENDPOINT_URL_SSO_OIDC: practice.ssoEndpoint,
      AWS_ENDPOINT_URL_SIGNIN: practice.signinEndpoint,
      // Answers for Microsoft's own names, and for nobody else.
      HTTPS_PROXY: practice.azureProxy,
      REQUESTS_CA_BUNDLE: practice.azureCaFile,
      ...env,
    }),
    keychain: keychainInMemory(keychainOfOthers),
    credentialCommand: [process.execPath, stintCommand, 'credentials'],
    owner: {
      pid: process.pid,
      version: '0.0.0',
      port: () => undefined,
      // Nobody listens there: requests are given to the app itself.
      listen: () => Promise.resolve(4711),
      hasScreen: false,
      release: () => undefined,
      stop: () => undefined,
    },
    clock,
    ...(releases === undefined ? {} : { releases }),
  });
  return {
    stint,
    lifecycle,
    cloud,
    vanity: practice.vanityEndpoint,
    azure: practice,
    folder,
    credentialsFile,
    credentials: () => readFile(credentialsFile, 'utf8').catch(() => ''),
    async addUser(name, { mfa = false, fields = {} } = {}) {
      const user = await cloud.createUser({ accountId: '447109328810', userName: name, mfa });
      const { accessKeyId, secretAccessKey, mfaSerial } = user;
      const session = await stint.sessions.create({
        fields: {
          type: 'awsIamUser',
          sessionName: name,
          region: 'eu-west-1',
          ...(mfaSerial === undefined ? {} : { mfaSerial }),
          ...fields,
        },
        secrets: { accessKeyId, secretAccessKey },
        by: 'anna',
      });
      return { session, user };
    },
    async pass(seconds) {
      let patience = longestRenewals;
      await clock.advance(seconds * 1000, async () => {
        // A renewal that got no answer by then is not waited for again.
        if (!(await workDone(stint, patience))) patience = 0;
      });
    },
    sleep(seconds) {
      clock.sleep(seconds * 1000);
    },
    async close() {
      await lifecycle.end({ end: 'stopped', sessions: 'stop' });
      await practice.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function prepareCredentials(folder: string): Promise<void> {
  await mkdir(join(folder, '.aws'));
  await writeFile(join(folder, '.aws', 'credentials'), before, { mode: 0o600 });
}

/** How long one `pass` waits for a renewal that gets no answer, in milliseconds of real time. */
const longestRenewals = 15_000;

/**
 * Waits until the scheduler has done what it began; for renewals no longer than `patience`, in milliseconds,
 * and not once a person is asked. Returns whether patience was enough.
 */
async function workDone(
  { scheduler, prompts, events }: Composition,
  patience: number,
): Promise<boolean> {
  const asksPerson = Promise.withResolvers<true>();
  const check = () => {
    if (prompts.list().length > 0) asksPerson.resolve(true);
  };
  const unsubscribe = events.subscribe(check);
  check();
  const noAnswer = Promise.withResolvers<false>();
  const timer = setTimeout(noAnswer.resolve, patience, false);
  const done = scheduler.idle().then(() => true);
  const wasEnough = await Promise.race([done, asksPerson.promise, noAnswer.promise]);
  clearTimeout(timer);
  unsubscribe();
  await scheduler.idle({ renewals: false });
  return wasEnough;
}

/** Waits, in real time, for work that was started to come to what is wanted; a busy machine takes its time. */
export async function eventually<T>(
  read: () => T | Promise<T>,
  wanted: (seen: T) => boolean,
): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const seen = await read();
    if (wanted(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`it did not come to that: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
