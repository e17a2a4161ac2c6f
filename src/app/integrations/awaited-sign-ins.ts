import type { Integration } from '../connection/owner-client.ts';

/**
 * The sign-ins that were asked for here, until they end. The answer to the request and the events about the
 * integration come in any order, and two events can come at once: no single one of them says that it is over.
 */
export class AwaitedSignIns {
  /** The integration before, by its id. */
  readonly #asked = new Map<string, Pick<Integration, 'status'>>();
  readonly #begun = new Set<string>();

  /** Before the request is sent. */
  ask({ integrationId, status }: Pick<Integration, 'integrationId' | 'status'>): void {
    this.#asked.set(integrationId, { status });
    this.#begun.delete(integrationId);
  }

  /** Whether it was still awaited. */
  forget(integrationId: string): boolean {
    return this.#asked.delete(integrationId);
  }

  /** Whether the sign-in has ended with this state of its integration; it is not awaited any more then. */
  endsWith({ integrationId, status }: Pick<Integration, 'integrationId' | 'status'>): boolean {
    const before = this.#asked.get(integrationId);
    if (before === undefined) return false;
    if (status === 'logging-in') {
      this.#begun.add(integrationId);
      return false;
    }
    const isNewlyIn = before.status === 'logged-out' && status === 'logged-in';
    return (isNewlyIn || this.#begun.has(integrationId)) && this.forget(integrationId);
  }
}
