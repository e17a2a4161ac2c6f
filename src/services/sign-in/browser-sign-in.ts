import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { screenVariables } from '../../models/screen.ts';
import { unwritable } from '../files/private-file.ts';
import { PromptCancelled } from '../prompts/prompt-service.ts';
import type { Clock } from '../clock/clock.ts';
import type { SecretStore } from '../vault/secret-store.ts';
import { awaitResponse } from './await-response.ts';
import { endOfBrowser } from './browser-end.ts';
import { noBrowser, noDisplay, notStarted } from './browser-problems.ts';
import type { BrowserProxy } from './browser-proxy.ts';
import { findBrowser } from './find-browser.ts';
import { KeyedMutex } from '../concurrency/keyed-mutex.ts';
import type { SamlCapture, SamlSignIn } from './saml-sign-in.ts';
import { createSessionCookies } from './session-cookies.ts';

export interface BrowserSignInOptions {
  /** The folder of the profile folders, one per partition. */
  readonly folder: string;
  readonly secrets: SecretStore;
  readonly env?: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** The proxy to use by now; that of the system if undefined. */
  readonly proxy?: () => BrowserProxy | undefined;
  /** How long a sign-in without a person may take, in milliseconds. */
  readonly silentPatience?: number;
  /** Plays the person in tests. It gets the page, which is visible only if there is a display. */
  readonly rehearse?: (page: Page) => Promise<void>;
}

/** A page that signs in by itself takes a second or two, on slow networks a few more. */
const usualPatience = 15_000;

/**
 * Signs in with the system's Chrome, Chromium or Edge, in its own profile, controlled over a pipe:
 * every program on the machine could reach a port.
 */
export function createBrowserSignIn(options: BrowserSignInOptions): SamlSignIn {
  const { folder, clock, silentPatience = usualPatience, rehearse } = options;
  const cookies = createSessionCookies(options.secrets);
  const launches = new KeyedMutex();
  const profileOf = (partition: string) => join(folder, partition);
  /** Exists while the last sign-in in a partition succeeded. */
  const markOf = (partition: string) => join(folder, `${partition}.signed-in`);

  async function launch(
    request: SamlCapture,
    proxy: BrowserProxy | undefined,
  ): Promise<BrowserContext> {
    const env = onScreen(options.env ?? process.env, request);
    const browser = findBrowser({ platform: process.platform, env, exists: existsSync });
    if (browser === undefined) throw noBrowser(request, env['STINT_BROWSER']);
    const shown = request.visible && hasDisplay(env);
    if (request.visible && !shown && rehearse === undefined) throw noDisplay(request);
    const profile = profileOf(request.partition);
    await mkdir(profile, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      throw unwritable(profile, cause as NodeJS.ErrnoException);
    });
    const { chromium } = await import('playwright-core');
    try {
      return await chromium.launchPersistentContext(profile, {
        executablePath: browser,
        headless: !shown,
        // Chromium's sandbox does not work as root.
        chromiumSandbox: process.getuid?.() !== 0,
        // The requests of a service worker cannot be intercepted.
        serviceWorkers: 'block',
        acceptDownloads: false,
        ...(shown ? { viewport: null } : {}),
        args: shown ? shownArguments(env) : [],
        env: withoutOurs(env),
        ...(proxy === undefined ? {} : { proxy }),
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      });
    } catch (error) {
      throw notStarted(request, browser, error);
    }
  }

  async function signIn(request: SamlCapture): Promise<string | undefined> {
    const { visible, signal } = request;
    const proxy = options.proxy?.();
    const context = await launch(request, proxy);
    const ended = await endOfBrowser(profileOf(request.partition));
    let closing: Promise<void> | undefined;
    const close = async () => await (closing ??= context.close().catch(() => undefined));
    const leave = () => void close();
    signal.addEventListener('abort', leave, { once: true });
    try {
      signal.throwIfAborted();
      if (visible) request.opened?.();
      await cookies.bring(request.partition, context);
      const response = await awaitResponse(context, request, {
        clock,
        silentPatience,
        proxy: proxy?.server,
        rehearse: visible ? rehearse : undefined,
      });
      signal.throwIfAborted();
      if (response === undefined) {
        await rm(markOf(request.partition), { force: true });
      } else {
        await cookies.keep(request.partition, context);
        await writeFile(markOf(request.partition), '', { mode: 0o600 });
      }
      return response;
    } catch (error) {
      // Closing the browser, by us or by the person, makes anything fail.
      signal.throwIfAborted();
      if (!isClosed(error)) throw error;
      if (visible) throw new PromptCancelled('The sign-in window was closed');
      return undefined;
    } finally {
      signal.removeEventListener('abort', leave);
      await close();
      // The next sign-in finds a profile that nobody uses any more.
      await ended();
    }
  }

  return {
    capture: (request) =>
      launches.run(request.partition, () => signIn(request), { signal: request.signal }),
    remembers: (partition) => existsSync(markOf(partition)),
    forget: (partition) =>
      launches.run(partition, async () => {
        await cookies.drop(partition);
        await rm(markOf(partition), { force: true });
        await rm(profileOf(partition), { recursive: true, force: true, maxRetries: 3 });
      }),
  };
}

/** Playwright's TargetClosedError, which it does not export. */
function isClosed(error: unknown): boolean {
  return error instanceof Error && / has been closed/.test(error.message);
}

/** An app's window has no address bar, so what a person types goes to the page. */
function shownArguments(env: NodeJS.ProcessEnv): string[] {
  const isWayland = env['WAYLAND_DISPLAY'] && !env['DISPLAY'];
  return ['--app=data:text/html,', ...(isWayland ? ['--ozone-platform=wayland'] : [])];
}

/** The caller's screen as a whole: parts of two do not fit together. */
function onScreen(env: NodeJS.ProcessEnv, { visible, screen }: SamlCapture): NodeJS.ProcessEnv {
  if (!visible || screen === undefined) return env;
  const own = Object.entries(env).filter(([name]) => !isScreenVariable(name));
  return { ...Object.fromEntries(own), ...screen };
}

function isScreenVariable(name: string): boolean {
  return (screenVariables as readonly string[]).includes(name);
}

/** Only X11 and Wayland show whether there is a display. */
function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

/** The proxy is that of the settings, wherever the variables lead. */
const proxyVariable = /^(https?|no)_proxy$/i;

function withoutOurs(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('STINT_') || proxyVariable.test(name)
        ? []
        : [[name, value]],
    ),
  );
}
