import type { UploadData } from 'electron/main';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../src/services/clock/clock.ts';
import { waitUntil } from '../../src/services/clock/wait-until.ts';
import { PromptCancelled } from '../../src/services/prompts/prompt-service.ts';
import { notReached, tooLate } from '../../src/services/sign-in/browser-problems.ts';
import { KeyedMutex } from '../../src/services/concurrency/keyed-mutex.ts';
import { isSamlEndpoint } from '../../src/services/sign-in/saml-endpoint.ts';
import type { BrowserProxy } from '../../src/services/sign-in/browser-proxy.ts';
import type { CreateSignIn, SamlCapture } from '../../src/services/sign-in/saml-sign-in.ts';
import { guardPermissions } from '../guards/guard-session.ts';
import type { Runtime, ShellSession, ShellWindow } from '../runtime.ts';

/**
 * How long a sign-in without a visible window may take, in milliseconds. Electron cannot look into
 * the page from here, so a page that takes longer is taken to wait for a person.
 */
const silentTimeout = 8_000;

/** SAML sign-ins in windows of the desktop app. */
export interface WindowSignIn {
  /** Whether a page belongs to a sign-in: it may go where the identity provider sends it. */
  owns(contentsId: number): boolean;
  /** The sign-in of an owner. */
  readonly of: CreateSignIn;
}

/**
 * Signs in in a window with its own persistent partition. The SAML response is intercepted on
 * its way to AWS and never sent. `folder` holds a marker file per signed-in partition.
 */
export function createWindowSignIn(
  runtime: Pick<Runtime, 'BrowserWindow' | 'session'>,
  { folder, icon }: { readonly folder: string; readonly icon: string },
): WindowSignIn {
  const turns = new KeyedMutex();
  const contents = new Set<number>();
  const sessionOf = (partition: string) =>
    runtime.session.fromPartition(`persist:saml-${partition}`);
  /** Exists if the last sign-in in the partition succeeded. */
  const markerOf = (partition: string) => join(folder, `${partition}.signed-in`);

  async function capture(
    request: SamlCapture,
    clock: Clock,
    proxy: BrowserProxy | undefined,
  ): Promise<string | undefined> {
    const { partition, visible, signal } = request;
    signal.throwIfAborted();
    const session = sessionOf(partition);
    guardPermissions(session);
    await session.setProxy(
      proxy === undefined
        ? { mode: 'system' }
        : { mode: 'fixed_servers', proxyRules: proxy.server, proxyBypassRules: proxy.bypass },
    );
    signal.throwIfAborted();
    const posted = takeResponse(session);
    const window = new runtime.BrowserWindow(windowOptions(request, partition, icon));
    const { id } = window.webContents;
    contents.add(id);
    if (visible) {
      request.opened?.();
      // A shown window has the keyboard, and its page only once it is focused, too.
      window.once('ready-to-show', () => {
        window.focus();
        window.webContents.focus();
      });
    }
    const over = new AbortController();
    try {
      const response = await Promise.race([
        posted,
        closed(window, visible),
        timedOut(request, clock, AbortSignal.any([signal, over.signal])),
        opened(window, request, proxy?.server),
        aborted(signal),
      ]);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (response === undefined) await rm(markerOf(partition), { force: true });
      else await writeFile(markerOf(partition), '', { mode: 0o600 });
      return response;
    } finally {
      over.abort();
      session.webRequest.onBeforeRequest(null);
      if (!window.isDestroyed()) window.destroy();
      contents.delete(id);
    }
  }

  return {
    owns: (contentsId) => contents.has(contentsId),
    of: (clock, proxy) => ({
      capture: (request) =>
        turns.run(request.partition, () => capture(request, clock, proxy()), {
          signal: request.signal,
        }),
      remembers: (partition) => existsSync(markerOf(partition)),
      forget: (partition) =>
        turns.run(partition, async () => {
          await rm(markerOf(partition), { force: true });
          await sessionOf(partition).clearStorageData();
        }),
    }),
  };
}

/** The field of the form that is posted to AWS (SAML 2.0 Bindings §3.5.4), once it comes. */
function takeResponse(session: ShellSession): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  session.webRequest.onBeforeRequest(({ method, url, uploadData }, callback) => {
    const isPost = method === 'POST' && isSamlEndpoint(url);
    const response = isPost ? responseIn(uploadData) : undefined;
    callback({ cancel: response !== undefined });
    if (response !== undefined) resolve(response);
  });
  return promise;
}

function responseIn(uploadData: readonly UploadData[] = []): string | undefined {
  const form = Buffer.concat(uploadData.map(({ bytes }) => bytes)).toString('utf8');
  return new URLSearchParams(form).get('SAMLResponse') ?? undefined;
}

async function closed(window: ShellWindow, visible: boolean): Promise<undefined> {
  await new Promise<void>((resolve) => {
    window.on('closed', resolve);
  });
  if (visible) throw new PromptCancelled('The sign-in window was closed');
  return undefined;
}

async function timedOut(
  request: SamlCapture,
  clock: Clock,
  signal: AbortSignal,
): Promise<undefined> {
  const { visible, deadline } = request;
  await waitUntil(clock, visible ? deadline : clock.now() + silentTimeout, signal);
  if (visible) throw tooLate(request);
  return undefined;
}

/** Rejects if the first page cannot be loaded; never resolves. */
async function opened(
  window: ShellWindow,
  request: SamlCapture,
  proxy: string | undefined,
): Promise<never> {
  const error: unknown = await window.loadURL(request.idp.url).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const failure = /ERR_\w+/.exec(String(error))?.[0];
  // What the page does itself, such as sending its form at once, ends our own load of it.
  const isOurs = failure === 'ERR_ABORTED' || failure === 'ERR_BLOCKED_BY_CLIENT';
  if (failure !== undefined && !isOurs) throw notReached(request, failure, proxy);
  return await new Promise<never>(() => undefined);
}

async function aborted(signal: AbortSignal): Promise<never> {
  return await new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

function windowOptions({ idp, visible }: SamlCapture, partition: string, icon: string) {
  return {
    title: `Sign in at ${idp.name}`,
    icon,
    show: visible,
    width: 560,
    height: 760,
    autoHideMenuBar: true,
    webPreferences: {
      partition: `persist:saml-${partition}`,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  };
}
