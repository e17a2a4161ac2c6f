import { Center, type CenterOptions } from './center.ts';
import { Grants } from './grants.ts';

/** Every Identity Center instance of a practice cloud, and what they have granted. */
export class Centers {
  readonly grants = new Grants();
  readonly #byStartUrl = new Map<string, Center>();
  #recent: number[] = [];

  create(options: CenterOptions, endpoint: string): Center {
    const center = new Center(options, options.startUrl ?? `${endpoint}/start/${options.name}`);
    this.#byStartUrl.set(center.startUrl, center);
    return center;
  }

  /** With or without a slash at its end; one with the `#/` that browsers add is unknown, as at AWS. */
  at(startUrl: string): Center | undefined {
    return this.#byStartUrl.get(startUrl.replace(/\/$/, ''));
  }

  all(): readonly Center[] {
    return [...this.#byStartUrl.values()];
  }

  /** Counts a request; false where more came within a second than `limit` allows. */
  admits(limit: number | null): boolean {
    const now = performance.now();
    this.#recent = this.#recent.filter((at) => now - at < 1000);
    if (limit !== null && this.#recent.length >= limit) return false;
    this.#recent.push(now);
    return true;
  }
}
