import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { toInstant } from '../../../models/time.ts';
import type { Clock } from '../../clock/clock.ts';
import type { History } from '../../history/history.ts';
import type { PromptService } from '../../prompts/prompt-service.ts';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import type { IntegrationRepository } from '../integration-repository.ts';
import { browserLogin } from './browser-login.ts';
import type { ConnectSso, OidcConnection } from './connect.ts';
import { deviceLogin } from './device-login.ts';
import { signInQuestions, whileShown, type SignInFor } from '../sign-in-question.ts';
import type { LoginMethod } from '../source.ts';
import type { TokenAnswer } from './login.ts';
import { dropRegistration, scopesOf, withRegistration } from './registration.ts';
import { isGrantRefused, isTokenRefused, ssoProblem } from './sso-problem.ts';

/** How long a person may take to sign in at least, in milliseconds: as long as a device code lives. */
const loginTime = 10 * 60_000;

/** A token with less life than this is renewed first, in milliseconds; at most a third of its life. */
const reserve = 5 * 60_000;

interface KeptToken {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

interface Parts {
  readonly repository: IntegrationRepository;
  readonly secrets: SecretStore;
  readonly connect: ConnectSso;
  readonly prompts: PromptService;
  readonly history: History;
  readonly clock: Clock;
  readonly usualMethod: LoginMethod;
}

const tokenName = (integrationId: string) => `integration/${integrationId}/token`;

/**
 * The sign-in at Identity Center: one at a time per integration, shared by all who wait. Tokens and
 * the client's registration are kept in the vault; nobody else uses the refresh token, since each
 * use makes the one before void.
 */
export class SsoSignIn {
  readonly #parts: Parts;
  readonly #underWay = new SingleFlight<KeptToken>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Signs a person in, also where a token is kept. Throws Problem 'cloud-refused',
   * 'cloud-unreachable', 'prompt-expired', 'vault-locked', PromptCancelled, the signal's reason.
   */
  async login(
    integration: AwsSsoIntegration,
    options: { readonly signal: AbortSignal; readonly method?: LoginMethod | undefined },
  ): Promise<void> {
    await this.#underWay.run(integration.integrationId, options.signal, (signal) =>
      this.#login(integration, { signal, method: options.method }),
    );
  }

  /**
   * Calls with an access token, signing in or renewing it where it has to be. A token that is
   * refused is replaced once. `deadline`: until when a person may take to sign in, where that is
   * long; milliseconds since the epoch. Throws like `login`, and what `call` throws.
   */
  async withToken<T>(
    integration: AwsSsoIntegration,
    wait: {
      readonly signal: AbortSignal;
      readonly deadline?: number;
      readonly subject?: SignInFor;
    },
    call: (accessToken: string) => Promise<T>,
  ): Promise<T> {
    const token = await this.#token(integration, wait, undefined);
    try {
      return await call(token.accessToken);
    } catch (error) {
      if (!isTokenRefused(error)) throw error;
      const next = await this.#token(integration, wait, token.accessToken);
      return await call(next.accessToken);
    }
  }

  /** Drops what is kept, after telling Identity Center where that can be told. */
  async logout(integration: AwsSsoIntegration): Promise<void> {
    const { integrationId, region } = integration;
    const { repository, secrets, connect } = this.#parts;
    this.#underWay.cancel(integrationId, new Error('It was logged out.'));
    const token = await this.#kept(integrationId);
    await secrets.delete(tokenName(integrationId));
    await repository.markSignIn(integrationId, undefined);
    if (token === undefined) return;
    const { sdk, client } = await connect.portal(region);
    // Gone from here in any case: the token ends by itself within the hour.
    await client
      .send(new sdk.LogoutCommand({ accessToken: token.accessToken }))
      .catch(() => undefined)
      .finally(() => {
        client.destroy();
      });
  }

  /** Drops everything that is kept of an integration. */
  async forget(integrationId: string): Promise<void> {
    this.#underWay.cancel(integrationId, new Error('The integration was removed.'));
    await this.#parts.secrets.delete(tokenName(integrationId));
    await dropRegistration(this.#parts.secrets, integrationId);
  }

  /** `refused`: an access token that AWS takes no more. */
  async #token(
    integration: AwsSsoIntegration,
    {
      signal,
      deadline,
      subject,
    }: {
      readonly signal: AbortSignal;
      readonly deadline?: number;
      readonly subject?: SignInFor;
    },
    refused: string | undefined,
  ): Promise<KeptToken> {
    const kept = await this.#kept(integration.integrationId);
    const isGood = kept !== undefined && kept.accessToken !== refused;
    if (isGood && this.#hasLife(kept)) return kept;
    return await this.#underWay.run(integration.integrationId, signal, async (shared) => {
      const renewed = await this.#renewed(integration, shared, refused);
      return renewed ?? (await this.#login(integration, { signal: shared, deadline, subject }));
    });
  }

  /** With nobody there: what another renewal left, or the refresh token's; undefined without either. */
  async #renewed(
    integration: AwsSsoIntegration,
    signal: AbortSignal,
    refused: string | undefined,
  ): Promise<KeptToken | undefined> {
    const { repository, secrets, clock } = this.#parts;
    const { integrationId } = integration;
    const kept = await this.#kept(integrationId);
    if (kept === undefined) return undefined;
    const isGood = kept.accessToken !== refused;
    if (isGood && this.#hasLife(kept)) return kept;
    const { refreshToken } = kept;
    if (refreshToken !== undefined) {
      try {
        return await this.#connected(integration, async (connection) => {
          const answer = await withRegistration(
            { secrets, clock },
            connection,
            integration,
            (registration) =>
              connection.client.send(
                new connection.sdk.CreateTokenCommand({
                  ...registration,
                  grantType: 'refresh_token',
                  refreshToken,
                }),
                { abortSignal: signal },
              ),
          );
          return await this.#keep(integration, answer);
        });
      } catch (error) {
        signal.throwIfAborted();
        if (!isGrantRefused(error)) {
          // The network may be away for a moment while the token still works.
          if (isGood && kept.expiresAt > clock.now()) return kept;
          throw ssoProblem(error, integration);
        }
      }
    } else if (isGood && kept.expiresAt > clock.now()) {
      return kept;
    }
    await secrets.delete(tokenName(integrationId));
    await repository.markSignIn(integrationId, undefined);
    return undefined;
  }

  async #login(
    integration: AwsSsoIntegration,
    options: {
      readonly signal: AbortSignal;
      readonly method?: LoginMethod | undefined;
      readonly deadline?: number | undefined;
      readonly subject?: SignInFor | undefined;
    },
  ): Promise<KeptToken> {
    const { repository, secrets, clock, prompts, history, usualMethod } = this.#parts;
    const { integrationId } = integration;
    const { signal, subject, method = usualMethod } = options;
    const deadline = Math.max(clock.now() + loginTime, options.deadline ?? 0);
    const signIn = method === 'browser' ? browserLogin : deviceLogin;
    const ask = signInQuestions({
      prompts,
      clock,
      integrationId,
      subject,
      signal,
      loginTime,
      deadline: options.deadline,
    });
    const attempt = () =>
      this.#connected(integration, async (connection) => {
        try {
          const answer = await withRegistration(
            { secrets, clock },
            connection,
            integration,
            (registration) =>
              signIn({
                connection,
                registration,
                integration,
                scopes: scopesOf(integration),
                signal,
                clock,
                ask,
              }),
          );
          const token = await this.#keep(integration, answer);
          history.append({ kind: 'login', message: integration.name, by: 'stint' });
          return token;
        } catch (error) {
          signal.throwIfAborted();
          throw ssoProblem(error, integration);
        }
      });
    return await repository.whileLoggingIn(integrationId, () =>
      whileShown(attempt, () => clock.now() < deadline),
    );
  }

  async #connected<T>(
    { region }: AwsSsoIntegration,
    work: (connection: OidcConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#parts.connect.oidc(region);
    try {
      return await work(connection);
    } finally {
      connection.client.destroy();
    }
  }

  async #keep(integration: AwsSsoIntegration, answer: TokenAnswer): Promise<KeptToken> {
    const { repository, secrets, clock } = this.#parts;
    const { integrationId } = integration;
    if (!answer.accessToken) {
      throw new Problem('cloud-refused', {
        detail: `AWS Identity Center answered the sign-in to ${integration.name} without a token.`,
      });
    }
    const now = clock.now();
    const token: KeptToken = {
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken,
      issuedAt: now,
      expiresAt: now + (answer.expiresIn ?? 0) * 1000,
    };
    await secrets.set(tokenName(integrationId), JSON.stringify(token));
    // One that can be renewed does not end by itself.
    const until = token.refreshToken === undefined ? toInstant(token.expiresAt) : undefined;
    await repository.markSignIn(integrationId, { until });
    return token;
  }

  async #kept(integrationId: string): Promise<KeptToken | undefined> {
    const text = await this.#parts.secrets.get(tokenName(integrationId));
    return text === undefined ? undefined : (JSON.parse(text) as KeptToken);
  }

  #hasLife({ issuedAt, expiresAt }: KeptToken): boolean {
    const left = expiresAt - this.#parts.clock.now();
    return left > Math.min(reserve, (expiresAt - issuedAt) / 3);
  }
}
