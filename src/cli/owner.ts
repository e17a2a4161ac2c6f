// PROVISIONAL types until src/client stands
import { Problem, problemCodeOf, type ProblemDocument } from '../models/problem.ts';
import type { HistoryEntry } from '../models/history.ts';
import type { Prompt } from '../models/prompt.ts';
import type { Session } from '../models/session.ts';
import type { Settings } from '../models/settings.ts';
import type { BrokenSession } from '../models/workspace.ts';
import { answerAtTerminal } from './answer-prompt.ts';
import { startBackgroundAgent } from './background-agent.ts';
import type { OwnerPlace } from './owner-place.ts';
import { isInteractive, type Shell } from './shell.ts';
import { callSocket, NoOwner, textOf } from './socket-transport.ts';

export type SessionView = Session;
export type PromptView = Prompt;
export interface SessionQuery {
  q?: string;
  archived?: boolean;
  sort?: string;
}
export type NewSession = object;
export type SettingsPatch = object;
export type HistoryQuery = object;
export type HistoryEntryView = HistoryEntry;
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}
interface Started {
  session: SessionView;
  findings: Finding[];
  prompts?: PromptView[];
}
export interface Stopped {
  session: SessionView;
  issuedUntil?: string;
  leftovers: { file: string; profileName: string; what: string; reason: string }[];
  historyWritten: boolean;
}

interface Routes {
  'GET /v1/sessions': { items: SessionView[]; nextCursor?: string; broken?: BrokenSession[] };
  'POST /v1/sessions': SessionView;
  'GET /v1/sessions/{id}': SessionView;
  'PATCH /v1/sessions/{id}': SessionView;
  'DELETE /v1/sessions/{id}': undefined;
  'POST /v1/sessions/{id}/start': Started;
  'POST /v1/sessions/{id}/rotate': Started;
  'POST /v1/sessions/{id}/stop': Stopped;
  'POST /v1/sessions/{id}/forget': undefined;
  'GET /v1/sessions/{id}/credentials': object;
  'GET /v1/prompts': { items: PromptView[] };
  'POST /v1/prompts/{id}': undefined;
  'GET /v1/history': { items: HistoryEntry[]; nextCursor?: string };
  'GET /v1/settings': Settings;
  'PATCH /v1/settings': Settings;
  'GET /v1/owner': {
    pid: number;
    version: string;
    port?: number;
    vault: { locked: boolean; method: string; detail: string };
    notices: string[];
  };
  'POST /v1/owner/stop': { pid: number };
  'GET /v1/healthz': { pid: number };
}
type Methods = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type PathOf<M extends Methods> = keyof Routes extends infer K
  ? K extends `${M} ${infer P}`
    ? P
    : never
  : never;
type RequestFn = <M extends Methods, P extends PathOf<M>>(
  method: M,
  path: P,
  options?: { path?: Record<string, string>; query?: object; body?: unknown },
) => Promise<Routes[`${M} ${P}` & keyof Routes]>;

interface Client {
  request: RequestFn;
  events(options: { signal: AbortSignal }): AsyncIterable<unknown>;
}

function createClient(place: OwnerPlace): Client {
  const send = async (method: string, path: string, body: unknown, signal?: AbortSignal) =>
    await callSocket(place.socket(), {
      method,
      path,
      signal,
      headers: {
        authorization: `Bearer ${place.token() ?? ''}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    request: (async (
      method: string,
      path: string,
      options: {
        path?: Record<string, string>;
        query?: Record<string, unknown>;
        body?: unknown;
      } = {},
    ) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(options.query ?? {}))
        if (value !== undefined) for (const one of [value].flat()) query.append(name, String(one));
      const full =
        path.replace(/\{(\w+)\}/g, (_m, name: string) =>
          encodeURIComponent(options.path?.[name] ?? ''),
        ) + (query.size > 0 ? `?${query.toString()}` : '');
      const answer = await send(method, full, options.body);
      const text = await textOf(answer);
      if ((answer.statusCode ?? 0) >= 400) {
        const doc = JSON.parse(text) as ProblemDocument;
        throw new Problem(problemCodeOf(doc.type) ?? 'internal', doc);
      }
      return text === '' ? undefined : JSON.parse(text);
    }) as never,
    async *events({ signal }) {
      const answer = await send('GET', '/v1/events', undefined, signal);
      for await (const chunk of answer) yield chunk;
    },
  };
}

export interface Owner {
  readonly request: RequestFn;
  events(signal: AbortSignal): AsyncIterable<unknown>;
  /** The owner as it is: none is started, and nobody is asked. */
  readonly running: Client;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof NoOwner;
}

export function createOwner(shell: Shell, place: OwnerPlace): Owner {
  const running = createClient(place);
  const request = (async (method: never, path: never, options: never) => {
    for (;;) {
      try {
        return await running.request(method, path, options);
      } catch (error) {
        if (error instanceof NoOwner) await startBackgroundAgent(shell.env);
        else if (
          error instanceof Problem &&
          error.code === 'vault-locked' &&
          isInteractive(shell)
        ) {
          const { items } = await running.request('GET', '/v1/prompts');
          const prompt = items.find(({ promptId }) => promptId === error.details.promptId);
          if (prompt === undefined) throw error;
          await answerAtTerminal(shell, owner, prompt);
        } else throw error;
      }
    }
  }) as never;
  const owner: Owner = { running, request, events: (signal) => running.events({ signal }) };
  return owner;
}
