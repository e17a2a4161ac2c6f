import type { AzureAccount } from '../../../models/credentials.ts';
import type { AzureIntegration, IntegrationSecrets } from '../../../models/integration.ts';
import { requireUsable } from '../../credentials/require-usable.ts';
import type { SecretStore } from '../../vault/secret-store.ts';
import { LoginFlow, type LoginFlowParts, type LoginOptions } from '../login-flow.ts';
import type { SignInFor } from '../sign-in-question.ts';
import { scopeOf } from './application.ts';
import { azureProblem, signInNeeded, SignInNeeded, stillNeeded } from './azure-problem.ts';
import { browserLogin } from './browser-login.ts';
import type { AzureConnection, ConnectAzure } from './connect.ts';
import { silentCredential } from './credential.ts';
import { deviceLogin } from './device-login.ts';
import { accountOf, Identities, type Identity } from './identities.ts';
import { NewTokenCache, TokenCaches } from './token-cache.ts';

/** How long a person may take to sign in at least, in milliseconds: as long as a device code lasts. */
const loginTime = 15 * 60_000;

export interface AzureToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Milliseconds by which Entra's clock is ahead of this machine's. */
  readonly clockOffset: number;
  readonly account: AzureAccount;
}

/** What came of one of several requests. */
export type ResourceOutcome =
  | { readonly resource: string; readonly token: AzureToken }
  | { readonly resource: string; readonly error: unknown };

/** How long one of several tokens may take, in milliseconds: the others wait for it. */
const patience = 15_000;

interface TokenRequest extends Omit<LoginOptions, 'method'> {
  readonly tenantId: string;
  /** What the token is for, such as https://vault.azure.net. */
  readonly resource: string;
  /** The access tokens that are kept must not be used again. */
  readonly fresh?: boolean;
}

interface Parts extends LoginFlowParts {
  readonly secrets: SecretStore;
  readonly connect: ConnectAzure;
}

/** The sign-in at Entra ID. Tokens and the application's secrets are kept in the vault. */
export class AzureSignIn {
  readonly #parts: Parts;
  readonly #identities: Identities;
  readonly #caches: TokenCaches;
  readonly #flow: LoginFlow<void>;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#identities = new Identities(parts.secrets);
    this.#caches = new TokenCaches(parts.secrets, parts.clock);
    this.#flow = new LoginFlow(parts, { loginTime });
  }

  /** See `IntegrationSource.login`; an application is tried with what it has. */
  async login(
    integration: AzureIntegration,
    options: LoginOptions & { readonly claims?: string | undefined },
  ): Promise<void> {
    const { tenantId } = integration;
    await this.#flow.join(integration, options.signal, (signal) =>
      integration.credential === undefined
        ? this.#login(integration, tenantId, { ...options, signal })
        : this.#tryApplication(integration, signal),
    );
  }

  /** A token, signing in first if needed. Throws like `login`. */
  async token(integration: AzureIntegration, request: TokenRequest): Promise<AzureToken> {
    const { integrationId } = integration;
    const logIns = this.#flow.logInCount(integrationId);
    try {
      return await this.#silent(integration, request);
    } catch (error) {
      if (!(error instanceof SignInNeeded)) throw error;
      const { claims, isOver } = error;
      if (isOver) await this.#dropEnded(integrationId, request.signal, logIns);
      // A sign-in that has ended is renewed in the integration's tenant, any other in the one asked for.
      const tenantId = isOver ? integration.tenantId : request.tenantId;
      const why = isOver
        ? 'Nobody is signed in, or the sign-in has expired.'
        : `Tenant ${tenantId} asks for a further sign-in.`;
      this.#parts.log.explain(`${integration.name}: ${why} Asking for a sign-in.`, {
        integrationId,
      });
      await this.#flow.join(integration, request.signal, (signal) =>
        this.#login(integration, tenantId, { ...request, signal, claims }),
      );
    }
    return await this.silentToken(integration, request);
  }

  /** A token without asking anybody. Throws like `login`, Problem 'cloud-refused' where a person is needed. */
  async silentToken(integration: AzureIntegration, request: TokenRequest): Promise<AzureToken> {
    return await this.#silent(integration, request).catch((error: unknown) => {
      throw explained(error, integration, request.subject);
    });
  }

  /**
   * Tokens for several resources at once, without asking anybody: one that is refused, or does not
   * come in time, fails alone. Throws the signal's reason.
   */
  async silentTokens(
    integration: AzureIntegration,
    {
      resources,
      ...request
    }: Omit<TokenRequest, 'resource'> & { readonly resources: readonly string[] },
  ): Promise<readonly ResourceOutcome[]> {
    const { integrationId } = integration;
    return await this.#flow.renew(integrationId, request.signal, async (signal) =>
      Promise.all(
        resources.map(async (resource) => {
          const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
          try {
            const one = { ...request, resource };
            return { resource, token: await this.#obtain(integration, one, limit) };
          } catch (error) {
            signal.throwIfAborted();
            return { resource, error: explained(error, integration, request.subject) };
          }
        }),
      ),
    );
  }

  /**
   * Takes what an application signs in with. The returned function restores what was there before.
   * Throws Problem 'vault-locked', 'file-unwritable'.
   */
  async setSecrets(
    integrationId: string,
    secrets: IntegrationSecrets,
  ): Promise<() => Promise<void>> {
    return await this.#flow.end(integrationId, 'The application was changed.', async () => {
      const restore = await this.#identities.setSecrets(integrationId, secrets);
      await this.#caches.forget(integrationId);
      return restore;
    });
  }

  /** See `Identities.lacksSecrets`. */
  lacksSecrets(integration: AzureIntegration): boolean {
    return this.#identities.lacksSecrets(integration);
  }

  /** Drops what is kept of the sign-in. Entra ID offers no way to end it (Microsoft Learn, "Sign out"). */
  async logout({ integrationId, name }: AzureIntegration): Promise<void> {
    await this.#flow.end(integrationId, `${name} was signed out.`, () => this.#drop(integrationId));
  }

  async dropSignIn(integrationId: string): Promise<void> {
    await this.#flow.end(integrationId, 'The integration was changed.', () =>
      this.#drop(integrationId),
    );
  }

  /** Drops everything that is kept of an integration. */
  async forget(integrationId: string): Promise<void> {
    await this.#flow.end(integrationId, 'The integration was removed.', async () => {
      await this.#drop(integrationId);
      await this.#identities.dropSecrets(integrationId);
    });
  }

  async #silent(integration: AzureIntegration, request: TokenRequest): Promise<AzureToken> {
    return await this.#flow.renew(integration.integrationId, request.signal, (signal) =>
      this.#obtain(integration, request, signal),
    );
  }

  async #obtain(
    integration: AzureIntegration,
    { tenantId, resource, fresh = false, subject }: TokenRequest,
    signal: AbortSignal,
  ): Promise<AzureToken> {
    const { integrationId } = integration;
    return await this.#connected(integration, signal, subject, async (connection) => {
      // Read when its turn comes: somebody may have signed in meanwhile.
      const who = await this.#identities.of(integration);
      const beginning = fresh ? 'without-access-tokens' : 'kept';
      const cache = this.#caches.plugin(integrationId, beginning);
      const credential = await silentCredential(connection, integration, tenantId, who, cache);
      try {
        const token = await credential.getToken(scopeOf(resource));
        if (token === null || typeof token.token !== 'string' || token.token === '') {
          throw new Error('Entra ID answered without a token');
        }
        // MSAL counts by this machine's clock, which may be wrong.
        const { offset } = connection.time;
        const now = connection.time.now();
        const expiresAt = token.expiresOnTimestamp + now - Date.now();
        requireUsable(expiresAt, now, {
          service: 'Entra ID',
          about:
            subject === undefined
              ? `integration ${integration.name}`
              : `session ${subject.sessionName} (integration ${integration.name})`,
          sessionId: subject?.sessionId,
        });
        if (who.kind === 'servicePrincipal') {
          await this.#parts.repository.markSignIn(integrationId, {});
        }
        return {
          accessToken: token.token,
          expiresAt,
          clockOffset: offset,
          account: accountOf(who, integration, tenantId),
        };
      } catch (error) {
        throw neededFor(who, connection, error) ?? error;
      }
    });
  }

  async #tryApplication(integration: AzureIntegration, signal: AbortSignal): Promise<void> {
    const { repository, history, connect } = this.#parts;
    const { integrationId, tenantId, name } = integration;
    const resource = connect.cloudOf(integration).managementResource;
    await repository.whileLoggingIn(integrationId, () =>
      this.#silent(integration, { tenantId, resource, signal, fresh: true }),
    );
    history.append({ kind: 'login', message: name, by: 'stint' });
  }

  async #login(
    integration: AzureIntegration,
    tenantId: string,
    { claims, ...options }: LoginOptions & { readonly claims?: string | undefined },
  ): Promise<void> {
    const { repository, clock } = this.#parts;
    const { integrationId } = integration;
    const { signal } = options;
    await this.#flow.ask(integration, options, async ({ method, ask }) => {
      const signIn = method === 'browser' ? browserLogin : deviceLogin;
      const cache = new NewTokenCache();
      const record = await this.#connected(integration, signal, undefined, (connection) =>
        signIn({
          connection,
          integration,
          tenantId,
          cache: cache.plugin,
          scopes: integration.scopes ?? [scopeOf(connection.cloud.managementResource)],
          claims,
          signal,
          clock,
          ask,
        }),
      );
      await this.#flow.writeLogin(integrationId, signal, async () => {
        await this.#caches.replace(integrationId, cache);
        await this.#identities.setRecord(integrationId, record);
        await repository.markSignIn(integrationId, {});
      });
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

  /** Drops a sign-in that Entra ID no longer accepts, unless somebody has signed in since. */
  async #dropEnded(integrationId: string, signal: AbortSignal, logIns: number): Promise<void> {
    await this.#flow.write(integrationId, signal, async () => {
      if (this.#flow.logInCount(integrationId) === logIns) await this.#drop(integrationId);
    });
  }

  async #drop(integrationId: string): Promise<void> {
    await this.#identities.dropRecord(integrationId);
    await this.#caches.forget(integrationId);
    await this.#parts.repository.markSignIn(integrationId, undefined);
  }
}

/** What a renewal's failure means where nobody is to be asked. */
function explained(
  error: unknown,
  integration: AzureIntegration,
  subject: SignInFor | undefined,
): unknown {
  return error instanceof SignInNeeded ? stillNeeded(error, integration, subject) : error;
}

/** The sign-in that a refused silent renewal asks for; an application has nobody to ask. */
function neededFor(
  who: Identity,
  connection: AzureConnection,
  error: unknown,
): SignInNeeded | undefined {
  if (who.kind === 'servicePrincipal') return undefined;
  const trouble = connection.trouble();
  if (trouble?.kind === 'refused') return signInNeeded(trouble.refusal);
  return trouble === undefined && isNamed(error, 'AuthenticationRequiredError')
    ? new SignInNeeded('What Stint keeps of the sign-in is incomplete.', { isOver: true })
    : undefined;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
