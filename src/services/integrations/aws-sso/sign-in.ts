import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { toInstant } from '../../../models/time.ts';
import { expiryText } from '../../credentials/expiry-text.ts';
import { readCached } from '../../vault/read-secret.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { LoginFlow, type LoginFlowParts, type LoginOptions } from '../login-flow.ts';
import { browserLogin } from './browser-login.ts';
import type { ConnectSso, OidcConnection } from './connect.ts';
import { deviceLogin } from './device-login.ts';
import { keptTokenSchema, lastsAt, tokenName, type KeptToken } from './kept-token.ts';
import type { TokenAnswer } from './login.ts';
import {
  dropRegistrations,
  dropSharedRegistration,
  scopesOf,
  withRegistration,
  type ClientGrant,
  type Registration,
} from './registration.ts';
import { isGrantRefused, isTokenRefused, ssoProblem } from './sso-problem.ts';

/** How long a person may take to sign in at least, in milliseconds: as long as a device code lasts. */
const loginTime = 10 * 60_000;

interface Parts extends LoginFlowParts {
  readonly secrets: SecretStore;
  readonly connect: ConnectSso;
}

/**
 * The sign-in at Identity Center. Tokens and the client's registration are kept in the vault; nobody
 * else uses the refresh token, since each use invalidates the one before.
 */
export class SsoSignIn {
  readonly #parts: Parts;
  readonly #flow: LoginFlow<KeptToken>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#flow = new LoginFlow(parts, { loginTime });
  }

  /**
   * Signs a person in, also where a token is kept. Throws Problem 'cloud-refused',
   * 'cloud-unreachable', 'prompt-expired', 'vault-locked', PromptCancelled, the signal's reason.
   */
  async login(integration: AwsSsoIntegration, options: LoginOptions): Promise<void> {
    await this.#flow.join(integration, options.signal, (signal) =>
      this.#login(integration, { ...options, signal }),
    );
  }

  /**
   * Calls with an access token, signing in or renewing it if needed. A token that is refused is
   * replaced once. Throws like `login`, and what `call` throws.
   */
  async withToken<T>(
    integration: AwsSsoIntegration,
    options: LoginOptions,
    call: (accessToken: string) => Promise<T>,
  ): Promise<T> {
    const token = await this.#token(integration, options, undefined);
    try {
      return await call(token.accessToken);
    } catch (error) {
      if (!isTokenRefused(error)) throw error;
      const next = await this.#token(integration, options, token.accessToken);
      return await call(next.accessToken);
    }
  }

  /** Drops what is kept, and tells Identity Center if it can be reached. */
  async logout(integration: AwsSsoIntegration): Promise<void> {
    const { integrationId, name, region } = integration;
    const { repository, secrets, connect } = this.#parts;
    const token = await this.#flow.end(integrationId, `${name} was signed out.`, async () => {
      const kept = await this.#kept(integrationId);
      await secrets.delete(tokenName(integrationId));
      await repository.markSignIn(integrationId, undefined);
      return kept;
    });
    if (token === undefined) return;
    const { sdk, client } = await connect.portal(region);
    // It is gone from here in any case: the token expires by itself within the hour.
    await client
      .send(new sdk.LogoutCommand({ accessToken: token.accessToken }))
      .catch(() => undefined)
      .finally(() => {
        client.destroy();
      });
  }

  /** Drops everything that is kept of an integration. */
  async forget(integrationId: string): Promise<void> {
    const { secrets } = this.#parts;
    await this.#flow.end(integrationId, 'The integration was changed or removed.', async () => {
      await secrets.delete(tokenName(integrationId));
      await dropRegistrations(secrets, integrationId);
      await this.#parts.repository.markSignIn(integrationId, undefined);
    });
  }

  /** `refused`: an access token that AWS no longer accepts. */
  async #token(
    integration: AwsSsoIntegration,
    options: LoginOptions,
    refused: string | undefined,
  ): Promise<KeptToken> {
    const kept = await this.#kept(integration.integrationId);
    if (kept !== undefined && this.#isUsable(kept, refused)) return kept;
    return await this.#flow.join(integration, options.signal, async (signal) => {
      const renewed = await this.#renewed(integration, signal, refused);
      if (renewed !== undefined) return renewed;
      this.#explain(integration, 'Asking for a sign-in.');
      return await this.#login(integration, { ...options, signal });
    });
  }

  #isUsable(kept: KeptToken, refused: string | undefined): boolean {
    return kept.accessToken !== refused && lastsAt(kept, this.#parts.clock.now());
  }

  /** Without a person: what another renewal left, or the refresh token's; undefined without either. */
  async #renewed(
    integration: AwsSsoIntegration,
    signal: AbortSignal,
    refused: string | undefined,
  ): Promise<KeptToken | undefined> {
    const { repository, secrets, clock } = this.#parts;
    const { integrationId } = integration;
    const kept = await this.#kept(integrationId);
    if (kept === undefined) {
      this.#explain(integration, 'Nobody is signed in.');
      return undefined;
    }
    if (this.#isUsable(kept, refused)) return kept;
    this.#explain(
      integration,
      kept.accessToken === refused
        ? 'AWS no longer accepts the access token.'
        : `The access token ${expiryText(kept.expiresAt, clock.now())}.`,
    );
    const stillWorks = kept.accessToken !== refused && kept.expiresAt > clock.now();
    if (kept.refreshToken === undefined) {
      if (stillWorks) return kept;
    } else {
      try {
        this.#explain(integration, 'Renewing it with the refresh token.');
        return await this.#refreshed(integration, signal, kept.refreshToken, kept.grant);
      } catch (error) {
        signal.throwIfAborted();
        if (isGrantRefused(error)) {
          this.#explain(integration, 'AWS refused to renew the sign-in.');
        } else {
          // The network may be away for a moment while the token still works.
          if (stillWorks) return kept;
          throw ssoProblem(error, integration);
        }
      }
    }
    await this.#flow.write(integrationId, signal, async () => {
      await secrets.delete(tokenName(integrationId));
      await repository.markSignIn(integrationId, undefined);
    });
    return undefined;
  }

  /** A refresh token works for the client alone that it was issued to (RFC 6749 §6). */
  async #refreshed(
    integration: AwsSsoIntegration,
    signal: AbortSignal,
    refreshToken: string,
    grant: ClientGrant | undefined,
  ): Promise<KeptToken> {
    return await this.#registered(
      integration,
      signal,
      grant,
      async ({ sdk, client }, registration) => {
        const command = new sdk.CreateTokenCommand({
          ...registration,
          grantType: 'refresh_token',
          refreshToken,
        });
        return await client.send(command, { abortSignal: signal });
      },
    );
  }

  #explain({ integrationId, name }: AwsSsoIntegration, reason: string): void {
    this.#parts.log.explain(`${name}: ${reason}`, { integrationId });
  }

  async #login(integration: AwsSsoIntegration, options: LoginOptions): Promise<KeptToken> {
    const { signal } = options;
    return await this.#flow.ask(integration, options, async ({ method, ask }) => {
      const [signIn, grant] =
        method === 'browser'
          ? ([browserLogin, 'code'] as const)
          : ([deviceLogin, 'device'] as const);
      const { clock } = this.#parts;
      const scopes = scopesOf(integration);
      try {
        return await this.#registered(integration, signal, grant, (connection, registration) =>
          signIn({ connection, registration, integration, scopes, signal, clock, ask }),
        );
      } catch (error) {
        signal.throwIfAborted();
        throw ssoProblem(error, integration);
      }
    });
  }

  /** Calls with the client for `grant`, and keeps what `call` is answered. */
  async #registered(
    integration: AwsSsoIntegration,
    signal: AbortSignal,
    grant: ClientGrant | undefined,
    call: (connection: OidcConnection, registration: Registration) => Promise<TokenAnswer>,
  ): Promise<KeptToken> {
    const { secrets, clock, connect } = this.#parts;
    const connection = await connect.oidc(integration.region);
    try {
      const answer = await withRegistration(
        {
          secrets,
          clock,
          write: (write) => this.#flow.write(integration.integrationId, signal, write),
        },
        connection,
        integration,
        grant,
        (registration) => call(connection, registration),
      );
      return await this.#keep(integration, signal, answer, grant);
    } finally {
      connection.client.destroy();
    }
  }

  async #keep(
    { integrationId, name }: AwsSsoIntegration,
    signal: AbortSignal,
    answer: TokenAnswer,
    grant: ClientGrant | undefined,
  ): Promise<KeptToken> {
    const { repository, secrets, clock } = this.#parts;
    if (!answer.accessToken) {
      throw new Problem('cloud-refused', {
        detail: `AWS Identity Center answered the sign-in to ${name} without a token.`,
      });
    }
    const now = clock.now();
    const token: KeptToken = {
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken,
      issuedAt: now,
      expiresAt: now + (answer.expiresIn ?? 0) * 1000,
      grant,
    };
    // One that can be renewed does not end by itself.
    const until = token.refreshToken === undefined ? toInstant(token.expiresAt) : undefined;
    await this.#flow.writeLogin(integrationId, signal, async () => {
      await secrets.set(tokenName(integrationId), JSON.stringify(token));
      if (grant !== undefined) await dropSharedRegistration(secrets, integrationId);
      await repository.markSignIn(integrationId, { until });
    });
    return token;
  }

  async #kept(integrationId: string): Promise<KeptToken | undefined> {
    return await readCached(this.#parts.secrets, tokenName(integrationId), keptTokenSchema);
  }
}
