import type { AzureSession } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../events/event-log.ts';
import { checkResource, type AzureProvider } from '../providers/azure.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';

export interface ResourceToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A token with less life than this is replaced: Azure's SDKs do not keep one with under 300 s. */
const leastLife = 10 * 60_000;

/** How long a token may take to obtain, in milliseconds: programs wait for it. */
const patience = 20_000;

/** Tokens of running Azure sessions for whatever resource their programs ask for; in memory alone. */
export class ResourceTokens {
  readonly #provider: AzureProvider;
  readonly #clock: Clock;
  readonly #held = new Map<string, Map<string, ResourceToken>>();
  readonly #obtaining = new SingleFlight<ResourceToken>();

  constructor(parts: {
    readonly provider: AzureProvider;
    readonly clock: Clock;
    readonly events: EventLog;
  }) {
    this.#provider = parts.provider;
    this.#clock = parts.clock;
    parts.events.subscribe(({ event }) => {
      if (event.type === 'session' && event.session.status !== 'active') {
        this.#held.delete(event.session.sessionId);
      }
    });
  }

  /** Throws like `AzureProvider.tokenFor`, and Problem 'invalid-request'. */
  async get(session: AzureSession, resource: string): Promise<ResourceToken> {
    checkResource(resource);
    const { sessionId, run } = session;
    const held = this.#held.get(sessionId)?.get(resource);
    const left = (held?.expiresAt ?? 0) - this.#clock.now();
    if (held !== undefined && left > leastLife) return held;
    try {
      const token = await this.#obtaining.run(
        `${run?.id} ${resource}`,
        AbortSignal.timeout(patience),
        (signal) => this.#provider.tokenFor(session, resource, signal),
      );
      const tokens = this.#held.get(sessionId) ?? new Map<string, ResourceToken>();
      this.#held.set(sessionId, tokens.set(resource, token));
      return token;
    } catch (error) {
      // The network may be away for a moment while the token still works.
      if (held !== undefined && left > 0) return held;
      throw error;
    }
  }
}
