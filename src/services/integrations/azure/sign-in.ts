import type { AzureAccount } from '../../../models/credentials.ts';
import type { AzureIntegration, IntegrationSecrets } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import type { Clock } from '../../clock/clock.ts';
import type { History } from '../../history/history.ts';
import type { PromptService } from '../../prompts/prompt-service.ts';
import { KeyedMutex } from '../../concurrency/keyed-mutex.ts';
import { SingleFlight } from '../../concurrency/single-flight.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import type { IntegrationRepository } from '../integration-repository.ts';
import { signInQuestions, whileShown, type SignInFor } from '../sign-in-question.ts';
import type { LoginMethod } from '../source.ts';
import { scopeOf } from './application.ts';
import { azureProblem, signInNeeded, SignInNeeded } from './azure-problem.ts';
import { browserLogin } from './browser-login.ts';
import type { AzureConnection, ConnectAzure } from './connect.ts';
import { silentCredential } from './credential.ts';
import { deviceLogin } from './device-login.ts';
import { accountOf, Identities } from './identities.ts';
import { TokenCaches } from './token-cache.ts';

/** How long a person may take to sign in at least, in milliseconds: as long as a device code lives. */
const loginTime = 15 * 60_000;

export interface AzureToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly account: AzureAccount;
}

interface TokenRequest {
  readonly tenantId: string;
  /** What the token is for, such as https://vault.azure.net. */
  readonly resource: string;
  readonly signal: AbortSignal;
  /** What is kept must not be used again. */
  readonly fresh?: boolean;
  /** Until when a person may take to sign in, where that is long; milliseconds since the epoch. */
  readonly deadline?: number;
  /** To be named in the question, and in what goes wrong. */
  readonly subject?: SignInFor;
}

interface Parts {
  readonly repository: IntegrationRepository;
  readonly secrets: SecretStore;
  readonly connect: ConnectAzure;
  readonly prompts: PromptService;
  readonly history: History;
  readonly clock: Clock;
  readonly usualMethod: LoginMethod;
}

/**
 * The sign-in at Entra ID: one at a time per integration, shared by all who wait. Tokens and the
 * application's secrets are kept in the vault.
 */
export class AzureSignIn {
  readonly #parts: Parts;
  readonly #identities: Identities;
  readonly #caches: TokenCaches;
  readonly #logins = new SingleFlight<void>();
  /** One renewal at a time: each may make the refresh token before void. */
  readonly #renewals = new KeyedMutex();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#identities = new Identities(parts.secrets);
    this.#caches = new TokenCaches(parts.secrets);
  }

  /** See `IntegrationSource.login`; an application is tried with what it has. */
  async login(
    integration: AzureIntegration,
    options: { readonly signal: AbortSignal; readonly method?: LoginMethod | undefined },
  ): Promise<void> {
    const { integrationId, tenantId } = integration;
    await this.#logins.run(integrationId, options.signal, (signal) =>
      integration.credential === undefined
        ? this.#login(integration, { tenantId, signal, method: options.method })
        : this.#tryApplication(integration, signal),
    );
  }

  /** A token, signing in first where that is needed. Throws like `login`. */
  async token(integration: AzureIntegration, request: TokenRequest): Promise<AzureToken> {
    const { integrationId } = integration;
    const { tenantId, signal, deadline, subject } = request;
    try {
      return await this.#silent(integration, request);
    } catch (error) {
      if (!(error instanceof SignInNeeded)) throw error;
      const { claims, isOver } = error;
      if (isOver && !this.#logins.isUnderWay(integrationId)) await this.#end(integrationId);
      // Where the sign-in itself is over it is made anew at home, else where it is asked for.
      const where = isOver ? integration.tenantId : tenantId;
      await this.#logins.run(integrationId, signal, (shared) =>
        this.#login(integration, { tenantId: where, signal: shared, deadline, claims, subject }),
      );
    }
    return await this.#silent(integration, request).catch((error: unknown) => {
      if (!(error instanceof SignInNeeded)) throw error;
      throw stillNeeded(error, integration, subject);
    });
  }

  /** A token without asking anybody. Throws like `login`, Problem 'cloud-refused' where a person is needed. */
  async silentToken(integration: AzureIntegration, request: TokenRequest): Promise<AzureToken> {
    return await this.#silent(integration, request).catch((error: unknown) => {
      if (!(error instanceof SignInNeeded)) throw error;
      throw stillNeeded(error, integration, request.subject);
    });
  }

  /** Takes what an application signs in with. Throws Problem 'vault-locked', 'file-unwritable'. */
  async setSecrets(integrationId: string, secrets: IntegrationSecrets): Promise<void> {
    await this.#identities.setSecrets(integrationId, secrets);
    await this.#caches.forget(integrationId);
  }

  /** Drops what is kept of the sign-in. Entra ID has no way to tell it of that (Microsoft Learn, "Sign out"). */
  async logout({ integrationId }: AzureIntegration): Promise<void> {
    await this.dropSignIn(integrationId);
  }

  async dropSignIn(integrationId: string): Promise<void> {
    this.#logins.cancel(integrationId, new Error('It was logged out.'));
    await this.#end(integrationId);
  }

  /** Drops everything that is kept of an integration. */
  async forget(integrationId: string): Promise<void> {
    this.#logins.cancel(integrationId, new Error('The integration was removed.'));
    await this.#end(integrationId);
    await this.#identities.dropSecrets(integrationId);
  }

  async #silent(
    integration: AzureIntegration,
    { tenantId, resource, signal, fresh = false, subject }: TokenRequest,
  ): Promise<AzureToken> {
    return await this.#renewals.run(integration.integrationId, () =>
      this.#connected(integration, signal, subject, async (connection) => {
        // Read in turn: somebody else may have signed in meanwhile.
        const who = await this.#identities.of(integration);
        const cache = this.#caches.plugin(
          integration.integrationId,
          fresh ? 'without-access-tokens' : 'kept',
        );
        const credential = await silentCredential(connection, integration, tenantId, who, cache);
        try {
          const token = await credential.getToken(scopeOf(resource));
          if (token === null) throw new Error('Entra ID answered without a token');
          if (who.kind === 'servicePrincipal')
            await this.#parts.repository.markSignIn(integration.integrationId, {});
          const account = accountOf(who, integration, tenantId);
          // MSAL counts by this machine's clock, which may be off.
          const offset = this.#parts.clock.now() - Date.now();
          return {
            accessToken: token.token,
            expiresAt: token.expiresOnTimestamp + offset,
            account,
          };
        } catch (error) {
          const trouble = connection.trouble();
          const needed =
            who.kind === 'servicePrincipal'
              ? undefined
              : trouble?.kind === 'refused'
                ? signInNeeded(trouble.refusal)
                : trouble === undefined && isNamed(error, 'AuthenticationRequiredError')
                  ? new SignInNeeded('What is kept of the sign-in is incomplete.', { isOver: true })
                  : undefined;
          throw needed ?? error;
        }
      }),
    );
  }

  async #tryApplication(integration: AzureIntegration, signal: AbortSignal): Promise<void> {
    const { repository, history, connect } = this.#parts;
    const { integrationId, tenantId } = integration;
    const resource = connect.cloudOf(integration).managementResource;
    await repository.whileLoggingIn(integrationId, () =>
      this.#silent(integration, { tenantId, resource, signal, fresh: true }),
    );
    history.append({ kind: 'login', message: integration.name, by: 'stint' });
  }

  async #login(
    integration: AzureIntegration,
    options: {
      readonly tenantId: string;
      readonly signal: AbortSignal;
      readonly method?: LoginMethod | undefined;
      readonly deadline?: number | undefined;
      readonly claims?: string | undefined;
      readonly subject?: SignInFor | undefined;
    },
  ): Promise<void> {
    const { repository, clock, prompts, history, usualMethod } = this.#parts;
    const { integrationId } = integration;
    const { signal, tenantId, claims, subject, method = usualMethod } = options;
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
      this.#connected(integration, signal, undefined, (connection) =>
        signIn({
          connection,
          integration,
          tenantId,
          cache: this.#caches.plugin(integrationId, 'empty'),
          scopes: integration.scopes ?? [scopeOf(connection.cloud.managementResource)],
          claims,
          signal,
          now: () => clock.now(),
          ask,
        }),
      );
    await repository.whileLoggingIn(integrationId, async () => {
      const record = await whileShown(attempt, () => clock.now() < deadline);
      await this.#identities.setRecord(integrationId, record);
      await repository.markSignIn(integrationId, {});
      history.append({ kind: 'login', message: integration.name, by: 'stint' });
    });
  }

  async #connected<T>(
    integration: AzureIntegration,
    signal: AbortSignal,
    subject: SignInFor | undefined,
    work: (connection: AzureConnection) => Promise<T>,
  ): Promise<T> {
    const connection = await this.#parts.connect.to(integration, signal);
    try {
      return await work(connection);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SignInNeeded) throw error;
      throw azureProblem(error, integration, connection, subject);
    } finally {
      connection.close();
    }
  }

  async #end(integrationId: string): Promise<void> {
    await this.#identities.dropRecord(integrationId);
    await this.#caches.forget(integrationId);
    await this.#parts.repository.markSignIn(integrationId, undefined);
  }
}

function stillNeeded(
  error: SignInNeeded,
  integration: AzureIntegration,
  subject: SignInFor | undefined,
): Problem {
  const { name, integrationId } = integration;
  const where =
    subject === undefined
      ? `integration ${name}`
      : `session ${subject.sessionName} (integration ${name})`;
  return new Problem('cloud-refused', {
    detail: `Somebody has to sign in for ${where}: ${error.message}`,
    next: `Sign in: stint integration login ${integrationId}`,
    sessionId: subject?.sessionId,
    cause: error,
  });
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
