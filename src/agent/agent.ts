import { createAdaptorServer } from '@hono/node-server';
import { chmod, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createApi, type Api } from '../api/api.ts';
import type { Principal } from '../models/scope.ts';
import { prepareHome } from '../services/files/home.ts';
import type { Clock } from '../services/clock/clock.ts';
import type { Keychain } from '../services/vault/keychain.ts';
import type { SamlSignIn } from '../services/sign-in/saml-sign-in.ts';
import { replaceFile } from '../services/files/private-file.ts';
import { compose, type Composition } from './compose.ts';
import type { AgentEnvironment } from './environment.ts';
import { closeServer, Loopback } from './loopback.ts';
import { claimOwnership, type Claim, type TakeOver } from './owner-claim.ts';
import { version } from './version.ts';

export interface AgentOptions {
  readonly home: string;
  readonly environment: AgentEnvironment;
  readonly keychain: Keychain;
  /** Loopback port to listen on as well; 0 takes any. Undefined: the socket only. */
  readonly port?: number | undefined;
  /** Where the window was built to; without it the owner has none to show. */
  readonly windowFolder?: string;
  /** How federated sessions sign in, by the owner's clock; if omitted, with the system's browser. */
  readonly createSignIn?: (clock: Clock) => SamlSignIn;
  /** Which owner is asked to hand over: the desktop app also asks one of its own version. */
  readonly takeOver?: TakeOver;
}

export type AgentStart =
  Extract<Claim, { readonly kind: 'owned' }> | { readonly kind: 'running'; readonly agent: Agent };

export interface Agent {
  readonly port: number | undefined;
  /** Resolves once the agent has ended, for whatever reason. */
  readonly ended: Promise<AgentEnd>;
  /** The HTTP app for a caller in this process, who needs no token: the desktop window. */
  fetch(request: Request, principal: Principal): Promise<Response>;
  /** Looks at the clock at once, as after the computer slept. */
  wake(): void;
  /** Ends the agent; with `keep`, sessions go on and another owner takes over. */
  end(sessions: 'stop' | 'keep' | 'as-set'): Promise<void>;
}

/** `handed-over`: sessions go on under another owner; `stopped`: the agent is no longer wanted. */
export type AgentEnd = 'handed-over' | 'stopped';

type Handler = (request: Request) => Response | Promise<Response>;

/**
 * Becomes the owner of the workspace and serves it, or tells who owns it. Throws Problem for a home
 * that cannot be used ('file-unwritable', 'workspace-newer', 'owner-conflict', …).
 */
export async function startAgent(options: AgentOptions): Promise<AgentStart> {
  process.umask(0o077);
  const paths = await prepareHome(options.home);
  const {
    promise: ready,
    resolve: becomeReady,
    reject: failReady,
  } = Promise.withResolvers<Handler>();
  ready.catch(() => undefined);
  // Whoever probes the socket while this owner is still opening its files gets its answer at once.
  const socketServer = createAdaptorServer({
    fetch: async (request) =>
      new URL(request.url).pathname === '/v1/healthz'
        ? Response.json({ status: 'ok', version, pid: process.pid })
        : await (
            await ready
          )(request),
  }) as Server;
  const claim = await claimOwnership(socketServer, paths, version, options.takeOver);
  if (claim.kind === 'owned') return claim;
  const { socketPath } = claim;

  let composition: Composition | undefined;
  let api: Api;
  const loopback = new Loopback(
    (request, port) => api.fetch(request, { kind: 'tcp', port }),
    recordOwner,
  );
  const { promise: ended, resolve: haveEnded } = Promise.withResolvers<AgentEnd>();
  let ending: Promise<void> | undefined;
  const end = (sessions: 'stop' | 'keep' | 'as-set') => (ending ??= endAgent(sessions));

  try {
    if (process.platform !== 'win32') await chmod(socketPath, 0o600);
    composition = await compose({
      paths,
      environment: options.environment,
      keychain: options.keychain,
      ...(options.createSignIn === undefined ? {} : { createSignIn: options.createSignIn }),
      owner: {
        pid: process.pid,
        version,
        port: () => loopback.port,
        listen: () => loopback.listen(),
        release: () => void end('keep'),
        stop: () => void end('as-set'),
      },
    });
    api = createApi(composition, { windowFolder: options.windowFolder });
    becomeReady((request) => api.fetch(request, { kind: 'socket' }));
    await listenAsBefore();
    composition.log.info('owner.start', { pid: process.pid, version });
    await composition.recovery.reconcile();
    if (composition.vault.status().locked) composition.unlockPrompt();
    composition.scheduler.start();
  } catch (error) {
    failReady(error);
    composition?.close();
    socketServer.close();
    void loopback.close();
    throw error;
  }
  const { scheduler } = composition;
  return {
    kind: 'running',
    agent: {
      get port() {
        return loopback.port;
      },
      ended,
      end,
      fetch: (request, principal) => api.fetch(request, { kind: 'in-process', principal }),
      wake: () => {
        scheduler.tick();
      },
    },
  };

  /** On the port asked for; else on that of the owner before, whose clients go on with this one. */
  async function listenAsBefore(): Promise<void> {
    const { port } = options;
    const before = await recordedPort(paths.agentFile);
    if (port !== undefined) await loopback.listen(port);
    else if (before === undefined) await recordOwner();
    else await loopback.listen(before).catch(recordOwner);
  }

  /** For clients that look for this owner: who it is, and where it listens. */
  async function recordOwner(): Promise<void> {
    const { port } = loopback;
    await replaceFile(
      paths.agentFile,
      JSON.stringify({
        pid: process.pid,
        version,
        ...(port === undefined ? {} : { port }),
        ...(socketPath === paths.socket ? {} : { socket: socketPath }),
      }) + '\n',
    );
  }

  async function endAgent(sessions: 'stop' | 'keep' | 'as-set'): Promise<void> {
    const owner = composition as Composition;
    await owner.scheduler.stop();
    await owner.integrations.stop();
    const stopping =
      sessions === 'stop' ||
      (sessions === 'as-set' && owner.settings.current().onQuit === 'stop-sessions');
    await owner.recovery.finish(stopping ? 'stop' : 'keep');
    owner.log.info('owner.end', { sessions: stopping ? 'stopped' : 'kept' });
    // Whoever takes over finds there where its predecessor listened.
    if (sessions !== 'keep') await rm(paths.agentFile, { force: true });
    owner.close();
    // The socket goes last: it is what tells the next owner that this one is done.
    await Promise.all([loopback.close(), closeServer(socketServer)]);
    haveEnded(sessions === 'keep' ? 'handed-over' : 'stopped');
  }
}

async function recordedPort(agentFile: string): Promise<number | undefined> {
  try {
    const { port } = JSON.parse(await readFile(agentFile, 'utf8')) as { readonly port?: unknown };
    return typeof port === 'number' ? port : undefined;
  } catch {
    return undefined;
  }
}
