import { clipboardHeader } from '../../src/models/clipboard-header.ts';
import type { OwnerConnection, ConnectionEnd } from '../../electron/owner/owner-connection.ts';
import type { ShellPrompt, ShellSession, ShellSettings } from '../../electron/feed/shell-state.ts';

/** An owner that answers from a list of sessions, for tests of the shell alone. */
export interface ScriptedOwner extends OwnerConnection {
  /** The requests that change something. */
  readonly asked: readonly string[];
  readonly wakes: () => number;
  /** Resolves when quitting has begun; `letGo` lets it finish. */
  readonly quitting: Promise<void>;
  letGo(): void;
  lose(how: ConnectionEnd): void;
  change(sessions: readonly object[], prompts?: readonly ShellPrompt[]): void;
  changeSettings(changes: Partial<ShellSettings>): void;
  lockVault(locked: boolean): void;
  answerImport(answer: () => Response): void;
  answerStart(answer: () => Response): void;
  openStreams(): number;
}

/** What it answers to a copy of credentials. */
export const copiedText = 'export AWS_SECRET_ACCESS_KEY=secret';

export const anySession: ShellSession & Readonly<Record<string, unknown>> = {
  sessionId: '7a1c1f0e-3f55-4c1e-9f0e-0b1c2d3e4f50',
  sessionName: 'payments',
  type: 'awsIamUser',
  status: 'inactive',
  startDateTime: '',
  duration: 41_000,
  region: 'eu-west-1',
  profileName: 'payments',
  delivery: 'credentials-file',
  labels: [],
  pinned: true,
  createdAt: '2026-11-20T09:00:00Z',
  revision: 1,
  limits: {},
  tokenSeconds: 43_200,
};

export function scriptedOwner(first: readonly object[] = [anySession]): ScriptedOwner {
  const { promise: ended, resolve: lose } = Promise.withResolvers<ConnectionEnd>();
  const { promise: quitting, resolve: beginQuit } = Promise.withResolvers<undefined>();
  const { promise: letGo, resolve: finishQuit } = Promise.withResolvers<undefined>();
  const asked: string[] = [];
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let sessions = first;
  let prompts: readonly ShellPrompt[] = [];
  let settings: ShellSettings = { onScreenLock: 'keep-sessions', openAtLogin: false };
  let vaultLocked = false;
  let wakes = 0;
  let startAnswer = () => Response.json({ session: sessions[0], findings: [] });

  let importAnswer = () =>
    Response.json({ from: 'stint', files: [], items: [], notes: [], applied: false });

  const fetch = async (request: Request, as = ''): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET') {
      const body = await request.text();
      asked.push(`${as}${request.method} ${pathname}${body === '' ? '' : ` ${body}`}`);
      if (pathname === '/v1/import') return importAnswer();
      if (pathname.endsWith('/copy')) {
        return Response.json(
          { text: copiedText },
          { headers: { [clipboardHeader]: 'credentials' } },
        );
      }
      return pathname.endsWith('/start') ? startAnswer() : Response.json({});
    }
    if (pathname === '/v1/sessions') return Response.json({ items: sessions });
    if (pathname.startsWith('/v1/sessions/')) return Response.json(sessions[0]);
    if (pathname === '/v1/prompts') return Response.json({ items: prompts });
    if (pathname === '/v1/owner') return Response.json({ vault: { locked: vaultLocked } });
    if (pathname === '/v1/settings') return Response.json(settings);
    if (pathname === '/v1/events') return eventStream();
    return new Response('<!doctype html><title>Stint</title>', {
      headers: { 'content-type': 'text/html' },
    });
  };

  function eventStream(): Response {
    let mine: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void streams.add((mine = controller)),
      cancel: () => void streams.delete(mine),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  function publish(event: object): void {
    const text = new TextEncoder().encode(`id: 1\ndata: ${JSON.stringify(event)}\n\n`);
    for (const stream of streams) stream.enqueue(text);
  }

  return {
    kind: 'owner',
    ended,
    fetch: (request) => fetch(request),
    fetchAsOwner: (request) => fetch(request, 'owner: '),
    asked,
    lose,
    quitting,
    letGo: () => finishQuit(undefined),
    wakes: () => wakes,
    wake: () => (wakes += 1),
    async quit() {
      beginQuit(undefined);
      await letGo;
      lose('stopped');
    },
    change(next, nextPrompts = []) {
      sessions = next;
      prompts = nextPrompts;
      publish({ type: 'session', session: next[0] });
    },
    changeSettings(changes) {
      settings = { ...settings, ...changes };
      publish({ type: 'settings' });
    },
    lockVault(locked) {
      vaultLocked = locked;
      publish({ type: 'vault', locked });
    },
    answerImport: (answer) => (importAnswer = answer),
    answerStart: (answer) => (startAnswer = answer),
    openStreams: () => streams.size,
  };
}
