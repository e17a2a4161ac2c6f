import { createClient, type Client, type Schemas } from '../../client/client.ts';
import type { AnswerOf, QueryOf, SentBody } from '../../client/routes.ts';
import { Problem } from '../../models/problem.ts';
import type { OwnerLocation } from './owner-location.ts';
import { isInteractive, type Shell } from '../terminal/shell.ts';
import { NoOwner, socketTransport } from './socket-transport.ts';

export type SessionView = Schemas['Session'];
export type IntegrationView = Schemas['Integration'];
export type NewIntegration = SentBody<'POST', '/v1/integrations'>;
export type IdentityProviderView = Schemas['IdentityProvider'];
export type NewIdentityProvider = SentBody<'POST', '/v1/idps'>;
export type PromptView = Schemas['Prompt'];
export type NewSession = SentBody<'POST', '/v1/sessions'>;
export type SessionQuery = QueryOf<'GET', '/v1/sessions'>;
export type SettingsPatch = SentBody<'PATCH', '/v1/settings'>;
export type HistoryQuery = QueryOf<'GET', '/v1/history'>;
export type HistoryEntryView = AnswerOf<'GET', '/v1/history'>['items'][number];
export type Finding = Schemas['Finding'];
export type Stopped = Schemas['StopResult'];
export type OpenedLease = Schemas['OpenedLease'];
export type NewLease = SentBody<'POST', '/v1/sessions/{id}/leases'>;
export type ProcessCredentials = Schemas['ProcessCredentials'];

/** The owner, as a command reaches it. */
export interface OwnerClient extends Client {
  /** The owner as it is: none is started, and nobody is asked. */
  readonly running: Client;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof NoOwner;
}

/**
 * The client whose requests start an agent where none runs, and, at a terminal, ask for what opens
 * a locked vault. Both are loaded when needed: SDKs call `stint credentials` at every turn, which
 * starts nothing and asks nobody.
 */
export function createOwnerClient(shell: Shell, place: OwnerLocation): OwnerClient {
  let starting: Promise<unknown> | undefined;
  const running = createClient({
    transport: socketTransport(() => place.socket()),
    token: () => place.token(),
  });
  const owner: OwnerClient = {
    running,
    events: (options) => running.events(options),
    async request(method, path, ...options) {
      for (;;) {
        const token = place.token();
        try {
          return await running.request(method, path, ...options);
        } catch (error) {
          if (isUnreachable(error)) await startOnce();
          else if (!isOutdated(token, error)) await unlock(error);
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

  /** An owner that is just starting listens before its token is there. */
  function isOutdated(token: string | undefined, error: unknown): boolean {
    const refused = error instanceof Problem && error.code === 'unauthenticated';
    return refused && place.token() !== token;
  }

  /** Throws what it was given where that is no locked vault, or nobody is there to open it. */
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
