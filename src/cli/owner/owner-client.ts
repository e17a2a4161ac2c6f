import { createClient, type Client, type Schemas } from '../../client/client.ts';
import type { AnswerOf, QueryOf, SentBody } from '../../client/routes.ts';
import type { Transport } from '../../client/transport.ts';
import { Problem } from '../../models/problem.ts';
import type { OwnerLocation } from '../../client/node/owner-location.ts';
import { isInteractive, type Shell } from '../terminal/shell.ts';
import { NoOwner } from '../../client/node/no-owner.ts';

export type SessionView = Schemas['Session'];
export type IntegrationView = Schemas['Integration'];
export type NewIntegration = SentBody<'POST', '/v1/integrations'>;
export type IdentityProviderView = Schemas['IdentityProvider'];
export type NewIdentityProvider = SentBody<'POST', '/v1/idps'>;
export type ProfileView = Schemas['Profile'];
export type PublicationResult = Schemas['PublicationResult'];
export type PromptView = Schemas['Prompt'];
export type NewSession = SentBody<'POST', '/v1/sessions'>;
export type SettingsPatch = SentBody<'PATCH', '/v1/settings'>;
export type HistoryQuery = QueryOf<'GET', '/v1/history'>;
export type HistoryEntryView = AnswerOf<'GET', '/v1/history'>['items'][number];
export type NewToken = SentBody<'POST', '/v1/tokens'>;
export type TokenView = Schemas['TokenInfo'];
export type Finding = Schemas['Finding'];
export type Leftover = Schemas['Leftover'];
export type Stopped = Schemas['StopResult'];
export type OpenedLease = Schemas['OpenedLease'];
export type NewLease = SentBody<'POST', '/v1/sessions/{id}/leases'>;
export type ProcessCredentials = Schemas['ProcessCredentials'];

/** The owner, as a command reaches it. */
export interface OwnerClient extends Client {
  /** Only the owner that is running now: starts no agent and asks nobody. */
  readonly running: Client;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof NoOwner;
}

/**
 * The client whose requests start an agent if none is running and, at a terminal, ask for what opens
 * a locked vault. Both load only when needed, because SDKs call `stint credentials` all the time.
 */
export function createOwnerClient(
  shell: Shell,
  location: OwnerLocation,
  transport: Transport,
): OwnerClient {
  let starting: Promise<unknown> | undefined;
  const asking = createClient({
    transport,
    token: () => location.token(),
  });
  const running: Client = {
    events: (options) => asking.events(options),
    async request(method, path, ...options) {
      for (;;) {
        const token = location.token();
        try {
          return await asking.request(method, path, ...options);
        } catch (error) {
          if (!isOutdated(token, error)) throw error;
        }
      }
    },
  };
  const owner: OwnerClient = {
    running,
    events: (options) => running.events(options),
    async request(method, path, ...options) {
      for (;;) {
        try {
          return await running.request(method, path, ...options);
        } catch (error) {
          if (isUnreachable(error)) await startOnce();
          else await unlock(error);
        }
      }
    },
  };

  async function startOnce(): Promise<void> {
    try {
      await (starting ??= startAgent());
    } finally {
      starting = undefined;
    }
  }

  async function startAgent(): Promise<void> {
    const { startBackgroundAgent } = await import('./background-agent.ts');
    await startBackgroundAgent(shell.env);
  }

  /** A starting owner listens before it has written its token; a running one writes a lost one again. */
  function isOutdated(token: string | undefined, error: unknown): boolean {
    const refused = error instanceof Problem && error.code === 'unauthenticated';
    return refused && location.token() !== token;
  }

  /** Throws `error` again unless the vault is locked and somebody is there to unlock it. */
  async function unlock(error: unknown): Promise<void> {
    if (!(error instanceof Problem) || error.code !== 'vault-locked') throw error;
    if (!isInteractive(shell)) throw error;
    const { items } = await running.request('GET', '/v1/prompts');
    const prompt = items.find(({ promptId }) => promptId === error.details.promptId);
    if (prompt === undefined) throw error;
    const { answerAtTerminal } = await import('../prompts/answer-prompt.ts');
    await answerAtTerminal(shell, owner, prompt);
  }

  return owner;
}
