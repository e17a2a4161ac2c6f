/** How long after the answer to a start its question may come, in milliseconds: they come on different ways. */
const comesWithin = 10_000;

interface Start {
  readonly ids: ReadonlySet<string>;
  /** When it was answered; undefined while it is not. */
  answeredAt?: number;
}

/** The last start in this window, and whose questions can belong to it. Times are in milliseconds since 1970. */
export class StartedHere {
  #last: Start = { ids: new Set(), answeredAt: 0 };

  /** `ids`: of the sessions and integrations that it can ask for. Returns what notes when it was answered. */
  begin(ids: ReadonlySet<string>): (now: number) => void {
    const start: Start = { ids };
    this.#last = start;
    return (now) => {
      start.answeredAt = now;
    };
  }

  /** However long the owner takes until it asks: it answers a start once there is a question. */
  has(ids: readonly string[], now: number): boolean {
    const { ids: wanted, answeredAt = now } = this.#last;
    return now - answeredAt <= comesWithin && ids.some((id) => wanted.has(id));
  }
}
