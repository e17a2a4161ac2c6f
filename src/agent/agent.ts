import { createAdaptorServer } from '@hono/node-server';
import { chmod } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createApi } from '../api/api.ts';
import type { ReleaseSource } from '../models/release.ts';
import type { Principal } from '../models/scope.ts';
import { prepareHome, type HomePaths } from '../services/files/home.ts';
import { createLog, type Log } from '../services/log/log.ts';
import type { CreateSignIn } from '../services/sign-in/saml-sign-in.ts';
import type { Keychain } from '../services/vault/keychain.ts';
import { compose, type Composition } from './compose/compose.ts';
import { Door } from './door.ts';
import type { AgentEnvironment } from './environment.ts';
import { Lifecycle, type AgentEnd, type EndRequest } from './lifecycle.ts';
import { closeServer, Loopback } from './loopback.ts';
import { claimOwnership, type Claim, type TakeOver } from './owner-claim.ts';
import { OwnerRecord } from './owner-record.ts';
import { PeerGuard } from './peers/peer-guard.ts';
import { version } from './version.ts';

export interface AgentOptions {
  readonly home: string;
  readonly environment: AgentEnvironment;
  readonly keychain: Keychain;
  /** What prints a session's credentials for `credential_process` when its id is added. */
  readonly credentialCommand: readonly string[];
  /** Loopback port to listen on as well; 0 takes any. Undefined: the socket only. */
  readonly port?: number | undefined;
  /** Folder of the built window; if omitted, the owner has none to show. */
  readonly windowFolder?: string;
  /** Where newer releases are published; if omitted, nowhere. */
  readonly releases?: ReleaseSource;
  /** How federated sessions sign in, by the owner's clock; if omitted, with the system's browser. */
  readonly createSignIn?: CreateSignIn;
  /** Which owner is asked to hand over: the desktop app also asks one of the same version. */
  readonly takeOver?: TakeOver;
}

export type AgentStart =
  Extract<Claim, { readonly kind: 'owned' }> | { readonly kind: 'running'; readonly agent: Agent };

/** `keep` hands over to another owner; `as-set` does as the quit setting says. */
export type SessionsAtEnd = 'stop' | 'keep' | 'as-set';

export interface Agent {
  readonly port: number | undefined;
  /** Resolves once the agent has ended, for whatever reason. */
  readonly ended: Promise<AgentEnd>;
  /** The HTTP app for a caller in this process, who needs no token: the desktop window. */
  fetch(request: Request, principal: Principal): Promise<Response>;
  /** Checks the clock at once, as after the computer slept. */
  wake(): void;
  /** Resolves once the agent has ended; never rejects. */
  end(sessions: SessionsAtEnd): Promise<void>;
}

/**
 * Becomes the owner of the workspace and serves it, or reports who owns it. Throws Problem for a home
 * that cannot be used ('file-unwritable', 'workspace-newer', 'owner-conflict', …); nothing stays open
 * then.
 */
export async function startAgent(options: AgentOptions): Promise<AgentStart> {
  process.umask(0o077);
  const paths = await prepareHome(options.home);
  const log = createLog({ file: paths.log, level: options.environment.logLevel });
  const lifecycle = new Lifecycle({ log });
  const door = new Door({ owner: { pid: process.pid, version }, lifecycle });
  const socketServer = createAdaptorServer({
    fetch: (request) => door.fetch(request, { kind: 'socket' }),
  }) as Server;
  const claim = await claimOwnership(socketServer, paths, {
    version,
    takeOver: options.takeOver,
  });
  if (claim.kind === 'owned') {
    log.close();
    return claim;
  }
  // The socket closes last: it is what tells the next owner that this one is done.
  lifecycle.closeAtEnd('socket', () => closeServer(socketServer));
  lifecycle.closeAtEnd('log', () => {
    log.close();
  });
  try {
    const { socketPath } = claim;
    const agent = await serve(options, { paths, log, lifecycle, door, socketPath });
    return { kind: 'running', agent };
  } catch (error) {
    door.fail(error);
    await lifecycle.abandon();
    throw error;
  }
}

/** Opens the home and lets requests in once it is reconciled. What it opens, `lifecycle` closes. */
async function serve(
  options: AgentOptions,
  claimed: {
    readonly paths: HomePaths;
    readonly log: Log;
    readonly lifecycle: Lifecycle;
    readonly door: Door;
    readonly socketPath: string;
  },
): Promise<Agent> {
  const { paths, log, lifecycle, door, socketPath } = claimed;
  const { environment, keychain, credentialCommand, createSignIn, windowFolder, releases } =
    options;
  if (process.platform !== 'win32') await chmod(socketPath, 0o600);
  const record = new OwnerRecord(paths, socketPath);
  const elsewhere = await record.noticeOfOther();
  const notices: string[] = elsewhere === undefined ? [] : [elsewhere];
  let namedUids = (): ReadonlySet<number> => new Set();
  const peers = new PeerGuard({ log, named: () => namedUids() });
  const loopback = new Loopback(
    {
      fetch: (request, from) => door.fetch(request, { kind: 'tcp', ...from }),
      direct: (request, from) => door.direct(request, { kind: 'tcp', ...from }),
    },
    (port) => record.write(port),
    peers,
  );
  lifecycle.closeAtEnd('loopback', () => loopback.close());
  const composition = await compose({
    paths,
    environment,
    keychain,
    credentialCommand,
    log,
    lifecycle,
    notices: () => [...notices, ...peers.notices()],
    ...(createSignIn === undefined ? {} : { createSignIn }),
    ...(releases === undefined ? {} : { releases }),
    owner: {
      pid: process.pid,
      version,
      port: () => loopback.port,
      listen: () => loopback.listen(),
      hasScreen: environment.hasScreen,
      release: () => void end('keep'),
      stop: () => void end('as-set'),
    },
  });
  const end = (sessions: SessionsAtEnd) => lifecycle.end(endRequest(sessions, composition));
  lifecycle.closeAtEnd('agent.json', async (request) => {
    // Programs of sessions that continue use the recorded port: the next owner listens on it again.
    if (request?.end === 'stopped' && request.sessions === 'stop') await record.remove();
  });
  const { leases } = composition;
  namedUids = () => leases.addresses.allowedUids();
  await leases.addresses.renewTokens();
  // Clients of the owner before reconnect as soon as its port answers, and wait at the door.
  const before = (await record.port()) ?? leases.addresses.port();
  await listenAsBefore(options.port ?? before, loopback, record, options.port === undefined);
  notices.push(...leases.addresses.closeUnreachable(loopback.port, { before }));
  log.info('owner.start', { pid: process.pid, version });
  await composition.reconciliation.reconcile();
  composition.profiles.syncLater();
  lifecycle.advance('reconciled');
  door.open(createApi(composition, { windowFolder }));
  if (composition.vault.status().needs !== undefined) composition.unlockPrompt();
  composition.scheduler.start();
  composition.deliveryWatch.start();
  lifecycle.advance('running');
  return {
    get port() {
      return loopback.port;
    },
    ended: lifecycle.ended,
    end,
    fetch: (request, principal) => door.fetch(request, { kind: 'in-process', principal }),
    wake: () => {
      composition.scheduler.tick();
    },
  };
}

/** On `port`, where it is free; one that was asked for must be, and one of the owner before may not. */
async function listenAsBefore(
  port: number | undefined,
  loopback: Loopback,
  record: OwnerRecord,
  mayFail: boolean,
): Promise<void> {
  if (port === undefined) await record.write(undefined);
  else if (mayFail) await loopback.listen(port).catch(() => record.write(undefined));
  else await loopback.listen(port);
}

function endRequest(sessions: SessionsAtEnd, { settings }: Composition): EndRequest {
  if (sessions === 'keep') return { end: 'handed-over', sessions };
  const keeps = sessions === 'as-set' && settings.current().onQuit === 'keep-sessions';
  return { end: 'stopped', sessions: keeps ? 'keep' : 'stop' };
}
