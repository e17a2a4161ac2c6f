import { z } from 'zod';
import { sessionSchema } from '../../src/models/session.ts';
import { appOrigin } from '../scheme/address.ts';
import type { TrayClient } from './tray-feed.ts';
import type { TraySession } from './tray-model.ts';

/** What the tray does with the HTTP app. All throw an Error whose message is for a person. */
export interface ApiClient extends TrayClient {
  /** `needs-person`: a question waits in the window. */
  start(sessionId: string): Promise<'started' | 'needs-person'>;
  stop(sessionId: string): Promise<void>;
  stopAll(): Promise<void>;
}

const pageSchema = z.object({
  items: z.array(sessionSchema),
  nextCursor: z.string().optional(),
});
const startedSchema = z.object({ prompts: z.array(z.unknown()).optional() });
const refusalSchema = z.object({ detail: z.string(), next: z.string().optional() });

/** The HTTP app as a function, as the connection offers it. */
export function createApiClient(fetch: (request: Request) => Promise<Response>): ApiClient {
  const ask = async (method: 'GET' | 'POST', path: string): Promise<Response> => {
    const answer = await fetch(new Request(`${appOrigin}/v1${path}`, { method }));
    if (!answer.ok) throw new Error(await refusal(answer));
    return answer;
  };
  const stop = async (sessionId: string) => {
    await ask('POST', `/sessions/${sessionId}/stop`);
  };
  const sessions = async (query = ''): Promise<readonly TraySession[]> => {
    const all: TraySession[] = [];
    let cursor: string | undefined;
    do {
      const place = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await ask('GET', `/sessions?limit=500${query}${place}`);
      const page = pageSchema.parse(await answer.json());
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  };
  return {
    sessions: () => sessions(),
    async changes(onSign, signal) {
      const answer = await ask('GET', '/events');
      await drain(answer.body, onSign, signal);
    },
    async start(sessionId) {
      const answer = await ask('POST', `/sessions/${sessionId}/start`);
      const { prompts = [] } = startedSchema.parse(await answer.json());
      return prompts.length > 0 ? 'needs-person' : 'started';
    },
    stop,
    async stopAll() {
      const running = (await sessions()).filter((session) => session.status !== 'inactive');
      const results = await Promise.allSettled(running.map((session) => stop(session.sessionId)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

/** Reads a body to its end, or until the signal fires. */
async function drain(
  body: Response['body'],
  onChunk: () => void,
  signal: AbortSignal,
): Promise<void> {
  if (body === null) return;
  const reader = body.getReader();
  const cancel = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel);
  try {
    while (!(await reader.read()).done) onChunk();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function refusal(answer: Response): Promise<string> {
  const refused = refusalSchema.safeParse(await answer.json().catch<unknown>(() => undefined));
  if (!refused.success) return `Stint answered ${answer.status}.`;
  const { detail, next } = refused.data;
  return next === undefined ? detail : `${detail} ${next}`;
}
