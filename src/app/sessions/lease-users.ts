import { inject, Injectable } from '@angular/core';
import { OwnerClient, type Session } from '../connection/owner-client.ts';

/** Which programs use sessions. */
@Injectable({ providedIn: 'root' })
export class LeaseUsers {
  readonly #owner = inject(OwnerClient);

  /** The names of the programs that use the session now; none if the owner does not say. */
  async of({ sessionId, run, status }: Session): Promise<readonly string[]> {
    if (run === undefined || status === 'inactive') return [];
    try {
      const { items } = await this.#owner.client.request('GET', '/v1/sessions/{id}/leases', {
        path: { id: sessionId },
      });
      const open = items.filter(
        ({ closedAt, runId }) => closedAt === undefined && runId === run.id,
      );
      return [...new Set(open.map(({ process }) => process ?? 'a program'))];
    } catch {
      return [];
    }
  }
}
