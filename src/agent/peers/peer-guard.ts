import type { Socket } from 'node:net';
import type { Log } from '../../services/log/log.ts';
import { peerUids, readConnectionTables, type End } from './connection-tables.ts';

/** Who holds the other end of an accepted connection. */
export type Peer =
  /** This user or root, or a system that does not say whose it is. */
  | { readonly kind: 'own' }
  /** Another user, whom a lease names. */
  | { readonly kind: 'named'; readonly uid: number }
  /** Another user (undefined: unknown). */
  | { readonly kind: 'stranger'; readonly uid: number | undefined };

export interface PeerGuardOptions {
  readonly log: Pick<Log, 'warn'>;
  /** Other users that open leases name. */
  readonly named: () => ReadonlySet<number>;
  readonly platform?: NodeJS.Platform;
  readonly ownUid?: number;
  readonly readTables?: () => readonly string[];
}

/** How often the tables are read again for a connection that is missing, which a busy table can do. */
const readings = 2;

/** How much longer than a reading the pause after it is. */
const pauseFactor = 3;

/** How many users are remembered for the notice. */
const mostRemembered = 8;

/**
 * Decides, once per connection, whether the process at its other end may talk to this owner
 * (docs/decisions/0028). Only Linux says whose process that is.
 */
export class PeerGuard {
  readonly #options: PeerGuardOptions;
  readonly #ownUid: number | undefined;
  readonly #readTables: () => readonly string[];
  readonly #refused = new Set<number | undefined>();
  /** On the clock of `performance.now()`. */
  #nextReading = 0;
  readonly #waiting: { readonly socket: Socket; readonly decide: (peer: Peer) => void }[] = [];

  constructor(options: PeerGuardOptions) {
    const { platform = process.platform, readTables = readConnectionTables } = options;
    this.#options = options;
    this.#ownUid = platform === 'linux' ? (options.ownUid ?? process.getuid?.()) : undefined;
    this.#readTables = readTables;
  }

  /**
   * Calls `decide`, usually in the next turn of the event loop. One reading of the tables serves all
   * connections that wait by then, and readings are spaced by their own cost: otherwise a flood of
   * connections, which Node accepts one in a turn, would take all the time there is.
   */
  check(socket: Socket, decide: (peer: Peer) => void): void {
    if (this.#ownUid === undefined) {
      decide({ kind: 'own' });
      return;
    }
    this.#waiting.push({ socket, decide });
    if (this.#waiting.length > 1) return;
    const pause = this.#nextReading - performance.now();
    if (pause > 0) setTimeout(() => this.#decideAll(), pause);
    else setImmediate(() => this.#decideAll());
  }

  /** What the user should know: who was refused. */
  notices(): readonly string[] {
    return [...this.#refused].map(
      (uid) =>
        `Stint refused a program of ${uid === undefined ? 'an unknown user' : `user id ${uid}`} at its port. ` +
        'If it runs in a container of yours, name its user: stint exec --allow-uid ' +
        `${uid === undefined ? 'N' : String(uid)} …`,
    );
  }

  #decideAll(): void {
    const started = performance.now();
    let waiting = this.#waiting.splice(0);
    for (let reading = 1; waiting.length > 0; reading += 1) {
      const uidOf = this.#uids(waiting.map(({ socket }) => socket));
      waiting = waiting.filter(({ socket, decide }) => {
        const uid = uidOf(socket);
        if (uid === undefined && !socket.destroyed && reading < readings) return true;
        decide(this.#peer(uid));
        return false;
      });
    }
    const ended = performance.now();
    this.#nextReading = ended + pauseFactor * (ended - started);
  }

  #uids(sockets: readonly Socket[]): (socket: Socket) => number | undefined {
    // All were accepted by one listener.
    const local = sockets.map(localEnd).find((end) => end !== undefined);
    if (local === undefined) return () => undefined;
    const uidOf = peerUids(this.#readTables(), local);
    return (socket) => {
      const peer = peerEnd(socket);
      return peer === undefined ? undefined : uidOf(peer);
    };
  }

  #peer(uid: number | undefined): Peer {
    // Root can read the home and this process's memory anyway, and forwarders such as WSL's are root's.
    if (uid !== undefined && (uid === this.#ownUid || uid === 0)) return { kind: 'own' };
    if (uid !== undefined && this.#options.named().has(uid)) return { kind: 'named', uid };
    if (!this.#refused.has(uid) && this.#refused.size < mostRemembered) {
      this.#refused.add(uid);
      this.#options.log.warn('loopback.peer-refused', { uid: uid ?? 'unknown' });
    }
    return { kind: 'stranger', uid };
  }
}

/** Both are undefined once the connection is closed. */
function localEnd({ localAddress, localPort }: Socket): End | undefined {
  return end(localAddress, localPort);
}

function peerEnd({ remoteAddress, remotePort }: Socket): End | undefined {
  return end(remoteAddress, remotePort);
}

function end(address: string | undefined, port: number | undefined): End | undefined {
  return address === undefined || port === undefined ? undefined : { address, port };
}
