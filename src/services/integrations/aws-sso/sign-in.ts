import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { toInstant } from '../../../models/time.ts';
import { expiryText } from '../../credentials/expiry-text.ts';
import { cachedReader } from '../../vault/read-secret.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { unusable } from '../../network/sdk-error.ts';
import { LoginFlow, type LoginFlowParts, type LoginOptions } from '../login-flow.ts';
import { browserLogin } from './browser-login.ts';
import type { ConnectSso, OidcConnection } from './connect.ts';
import { deviceLogin } from './device-login.ts';
import { keptTokenSchema, lastsAt, regionOf, tokenName, type KeptToken } from './kept-token.ts';
import { tokenAnswerSchema, type TokenAnswer } from './login.ts';
import {
  dropRegistrations,
  dropSharedRegistration,
  scopesOf,
  withRegistration,
  type ClientGrant,
  type Registration,
} from './registration.ts';
import { inFirstThatAnswers, regionsOf } from './regions.ts';
import { isAway, isGrantRefused, isTokenRefused, ssoProblem } from './sso-problem.ts';

/** How long a person may take to sign in at least, in milliseconds: as long as a device code lasts. */
const loginTime = 10 * 60_000;

/** How long a person waits for Identity Center at a logout, in milliseconds: here it is done already. */
const logoutTime = 5_000;

type TokenReader = () => Promise<KeptToken | undefined>;

/** Which client, and in which region it is registered. */
interface RegionalClient {
  readonly grant: ClientGrant | undefined;
  readonly region: string;
}

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
   * Calls with an access token and the region it is valid in, signing in or renewing it if needed. A
   * token that is refused is replaced once; so is one of a region that cannot be reached, by a
   * sign-in in the integration's other region. `kept`: of `tokenReader`, for many calls in a row.
   * Throws like `login`, and what `call` throws.
   */
  async withToken<T>(
    integration: AwsSsoIntegration,
    options: LoginOptions & { readonly kept?: TokenReader },
    call: (accessToken: string, region: string) => Promise<T>,
  ): Promise<T> {
    const token = await this.#token(integration, options, {});
    const region = regionOf(token, integration);
    try {
      return await call(token.accessToken, region);
    } catch (error) {
      const isLost = isAway(error) && regionsOf(integration).some((other) => other !== region);
      if (!isTokenRefused(error) && !isLost) throw error;
      const next = await this.#token(integration, options, {
        refused: token.accessToken,
        ...(isLost ? { away: region } : {}),
      });
      return await call(next.accessToken, regionOf(next, integration));
    }
  }

  /** Reads the token that is kept, and remembers it: to be dropped after the calls it is for. */
  tokenReader({ integrationId }: AwsSsoIntegration): TokenReader {
    return cachedReader(this.#parts.secrets, tokenName(integrationId), keptTokenSchema);
  }

  /** Drops what is kept, and tells Identity Center if it can be reached. */
  async logout(integration: AwsSsoIntegration): Promise<void> {
    const { integrationId, name } = integration;
    const { repository, secrets, connect } = this.#parts;
    const token = await this.#flow.end(integrationId, `${name} was signed out.`, async () => {
      const kept = await this.tokenReader(integration)();
      await secrets.delete(tokenName(integrationId));
      await repository.markSignIn(integrationId, undefined);
      return kept;
    });
    if (token === undefined) return;
    const { sdk, client } = await connect.portal(regionOf(token, integration));
    // It is gone from here in any case: the token expires by itself within the hour.
    await client
      .send(new sdk.LogoutCommand({ accessToken: token.accessToken }), {
        abortSignal: AbortSignal.timeout(logoutTime),
      })
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

  /** `refused`: an access token of no more use; `away`: its region, if that cannot be reached. */
  async #token(
    integration: AwsSsoIntegration,
    options: LoginOptions & { readonly kept?: TokenReader },
    { refused, away }: { readonly refused?: string; readonly away?: string },
  ): Promise<KeptToken> {
    const kept = await this.#keptFor(integration, options.kept);
    if (kept !== undefined && this.#isUsable(kept, refused)) return kept;
    return await this.#flow.join(integration, options.signal, async (signal) => {
      if (away === undefined) {
        const renewed = await this.#renewed(integration, signal, refused);
        if (renewed !== undefined) return renewed;
      } else {
        const other = await this.#keptFor(integration);
        if (other !== undefined && this.#isUsable(other, refused)) return other;
      }
      this.#explain(integration, 'Asking for a sign-in.');
      return await this.#login(integration, { ...options, signal }, away);
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
    const kept = await this.#keptFor(integration);
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
        return await this.#refreshed(integration, signal, kept.refreshToken, {
          grant: kept.grant,
          region: regionOf(kept, integration),
        });
      } catch (error) {
        signal.throwIfAborted();
        if (isGrantRefused(error)) {
          this.#explain(integration, 'AWS refused to renew the sign-in.');
        } else {
          // The network may be away for a moment while the token still works.
          if (stillWorks) return kept;
          // The refresh token works again once its region does.
          if (isAway(error) && integration.failoverRegion !== undefined) return undefined;
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
    client: RegionalClient,
  ): Promise<KeptToken> {
    return await this.#registered(
      integration,
      signal,
      client,
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

  /** In the first of its regions that answers; `away`: one that does not. */
  async #login(
    integration: AwsSsoIntegration,
    options: LoginOptions,
    away?: string,
  ): Promise<KeptToken> {
    const { signal } = options;
    const regions = regionsOf(integration).filter((region) => region !== away);
    return await this.#flow.ask(integration, options, async ({ method, ask }) => {
      const [signIn, grant] =
        method === 'browser'
          ? ([browserLogin, 'code'] as const)
          : ([deviceLogin, 'device'] as const);
      const { clock, connect } = this.#parts;
      const scopes = scopesOf(integration);
      try {
        // First, so that nobody is asked to sign in at a portal that is none.
        const portal = await connect.startUrl(integration, signal);
        return await inFirstThatAnswers(regions, isAway, signal, (region) => {
          const isUsual = region === integration.region;
          const why = isUsual ? '' : ` (in ${region}: ${integration.region} cannot be reached)`;
          if (!isUsual)
            this.#explain(
              integration,
              `Signing in in ${region}: ${integration.region} cannot be reached.`,
            );
          const request = { integration, portal, scopes, why, signal, clock, ask };
          return this.#registered(
            integration,
            signal,
            { grant, region },
            (connection, registration) => signIn({ ...request, connection, registration }),
          );
        });
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
    { grant, region }: RegionalClient,
    call: (connection: OidcConnection, registration: Registration) => Promise<TokenAnswer>,
  ): Promise<KeptToken> {
    const { secrets, clock, connect } = this.#parts;
    const connection = await connect.oidc(region);
    try {
      const answer = await withRegistration(
        {
          secrets,
          clock,
          write: (write) => this.#flow.write(integration.integrationId, signal, write),
          portal: () => connect.startUrl(integration, signal),
        },
        connection,
        integration,
        { grant, region },
        (registration) => call(connection, registration),
      );
      return await this.#keep(integration, signal, answer, { grant, region });
    } finally {
      connection.client.destroy();
    }
  }

  async #keep(
    { integrationId, name }: AwsSsoIntegration,
    signal: AbortSignal,
    answer: TokenAnswer,
    { grant, region }: RegionalClient,
  ): Promise<KeptToken> {
    const { repository, secrets, clock } = this.#parts;
    const { success, data } = tokenAnswerSchema.safeParse(answer);
    if (!success) {
      const about = { service: 'AWS Identity Center', about: `integration ${name}` };
      throw unusable({ why: 'it has no token that can be used' }, about);
    }
    const { expiresIn, ...given } = data;
    const now = clock.now();
    const expiresAt = now + expiresIn * 1000;
    const token: KeptToken = { ...given, issuedAt: now, expiresAt, grant, region };
    // One that can be renewed does not end by itself.
    const until =
      token.refreshToken === undefined
        ? toInstant(token.expiresAt - (clock.offset ?? 0))
        : undefined;
    await this.#flow.writeLogin(integrationId, signal, async () => {
      await secrets.set(tokenName(integrationId), JSON.stringify(token));
      if (grant !== undefined) await dropSharedRegistration(secrets, integrationId);
      await repository.markSignIn(integrationId, { until });
    });
    return token;
  }

  /** What is kept, unless it is of a region that the integration no longer names. */
  async #keptFor(
    integration: AwsSsoIntegration,
    read: TokenReader = this.tokenReader(integration),
  ): Promise<KeptToken | undefined> {
    const kept = await read();
    if (kept === undefined || !regionsOf(integration).includes(regionOf(kept, integration))) {
      return undefined;
    }
    return kept;
  }
}
