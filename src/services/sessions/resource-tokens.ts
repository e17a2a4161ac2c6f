import type { AzureSession, Session } from '../../models/session.ts';
import type { Clock } from '../clock/clock.ts';
import { CredentialCache } from '../credentials/credential-cache.ts';
import type { EventLog } from '../events/event-log.ts';
import { checkResource, type AzureProvider, type ResourceToken } from '../providers/azure.ts';

/**
 * A token with less time left than this is replaced, in milliseconds: Azure's SDKs do not keep one
 * with under 300 s.
 */
const leastTimeLeft = 10 * 60_000;

/** How long a token may take to obtain, in milliseconds: programs wait for it. */
const patience = 20_000;

/** Tokens of running Azure sessions for the resources their programs ask for; in memory only. */
export class ResourceTokens {
  readonly #provider: AzureProvider;
  readonly #clock: Clock;
  /** By session; each has its tokens by resource, and ends with the run. */
  readonly #caches = new Map<string, CredentialCache<ResourceToken>>();
  readonly #rotatedAt = new Map<string, string | undefined>();

  constructor(parts: {
    readonly provider: AzureProvider;
    readonly clock: Clock;
    readonly events: EventLog;
  }) {
    this.#provider = parts.provider;
    this.#clock = parts.clock;
    parts.events.subscribe(({ event }) => {
      if (event.type === 'session') this.#follow(event.session);
      if (event.type === 'session-removed') this.#drop(event.sessionId);
      if (event.type === 'vault' && event.locked) this.#caches.clear();
    });
  }

  /** Throws like `AzureProvider.tokenFor`, and Problem 'invalid-request'. */
  async get(session: AzureSession, resource: string): Promise<ResourceToken> {
    checkResource(resource);
    const { sessionId } = session;
    const cache = this.#caches.get(sessionId) ?? new CredentialCache<ResourceToken>();
    this.#caches.set(sessionId, cache);
    try {
      return await cache.get(resource, {
        signal: AbortSignal.timeout(patience),
        isUsable: (token) => this.#timeLeft(token) > leastTimeLeft,
        obtain: (signal) => this.#provider.tokenFor(session, resource, signal),
      });
    } catch (error) {
      // The network may be away for a moment while the token still works.
      const kept = cache.peek(resource);
      if (kept !== undefined && this.#timeLeft(kept) > 0) return kept;
      throw error;
    }
  }

  /** What was obtained before a rotation may be of another sign-in, so it goes with the rest. */
  #follow({ sessionId, status, rotatedAt }: Session): void {
    const isRenewed = this.#rotatedAt.get(sessionId) !== rotatedAt;
    if (status !== 'active' || isRenewed) this.#drop(sessionId);
    if (status === 'active') this.#rotatedAt.set(sessionId, rotatedAt);
  }

  #drop(sessionId: string): void {
    this.#caches.delete(sessionId);
    this.#rotatedAt.delete(sessionId);
  }

  #timeLeft({ expiresAt, clockOffset }: ResourceToken): number {
    return expiresAt - clockOffset - this.#clock.now();
  }
}
