import type { LeaseEnds, LeaseParts } from './lease-ends.ts';
import { isOpen, type LeaseRecord } from './lease-record.ts';
import { leaseTokenHash, makeLeaseToken } from './lease-token.ts';

/** Where the programs of open leases ask, over the change of owners. */
export class LeaseAddresses {
  readonly #parts: LeaseParts;
  readonly #ends: LeaseEnds;

  constructor(parts: LeaseParts, ends: LeaseEnds) {
    this.#parts = parts;
    this.#ends = ends;
  }

  /** The port that the programs of open leases ask at, if there are any. */
  port(): number | undefined {
    return this.#open().findLast(({ port }) => port !== undefined)?.port;
  }

  /** Other users of this machine whom open leases name. */
  allowedUids(): ReadonlySet<number> {
    return new Set(this.#open().flatMap(({ allowedUids = [] }) => allowedUids));
  }

  /**
   * Gives open leases whose programs read their token from its file a new one, before the port opens
   * again: while nobody owned it, another program may have taken the port and the tokens. Never throws;
   * a file that cannot be written keeps its token.
   */
  async renewTokens(): Promise<void> {
    const { records, files } = this.#parts;
    for (const lease of this.#open().filter(({ tokenInFile }) => tokenInFile === true)) {
      const token = makeLeaseToken();
      const written = await files.writeToken(lease.leaseId, token).catch(() => undefined);
      if (written !== undefined) records.change({ ...lease, tokenHash: leaseTokenHash(token) });
    }
    records.flush();
  }

  /**
   * Closes the open leases whose programs ask at another port than `port`, and returns a sentence
   * for each. `before`: the port that those of earlier versions were given.
   */
  closeUnreachable(
    port: number | undefined,
    { before }: { readonly before: number | undefined },
  ): readonly string[] {
    const { repository } = this.#parts;
    return this.#ends
      .closeUnreachable(port, before)
      .map(({ process, pid, sessionId, ...lease }) => {
        const name = repository.find(sessionId)?.sessionName ?? sessionId;
        const program = `${process ?? 'A program'}${pid === undefined ? '' : ` (pid ${pid})`}`;
        return (
          `${program} can no longer use session ${name}: Stint could not get back its port ` +
          `${String(lease.port ?? before ?? '')}, which another program may hold. ` +
          'Stop it and run it again with stint exec.'
        );
      });
  }

  #open(): readonly LeaseRecord[] {
    return this.#parts.records.all().filter(isOpen);
  }
}
