import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Clock } from '../clock/clock.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { PromptCancelled } from '../prompts/prompt-service.ts';
import { notReached, tooLate } from './browser-problems.ts';
import { needsPerson } from './needs-person.ts';
import { isSamlEndpoint } from './saml-endpoint.ts';
import type { SamlCapture } from './saml-sign-in.ts';

const donePage =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed in</title>' +
  '<p>Signed in. You can close this window.</p></html>';

/**
 * Opens the identity provider in the browser and intercepts what it posts to AWS, which never gets
 * it. See SamlSignIn.capture for what it resolves to and throws.
 */
export async function awaitResponse(
  context: BrowserContext,
  request: SamlCapture,
  options: {
    readonly clock: Clock;
    readonly silentPatience: number;
    /** The proxy that the browser uses. */
    readonly proxy: string | undefined;
    readonly rehearse: ((page: Page) => Promise<void>) | undefined;
  },
): Promise<string | undefined> {
  const { idp, visible, signal } = request;
  const over = new AbortController();
  const stop = AbortSignal.any([signal, over.signal]);
  const { posted } = await interceptResponse(context);
  const page = context.pages()[0] ?? (await context.newPage());
  const closed = lastPageClosed(context);
  try {
    return await Promise.race([
      posted,
      closed.then(() => {
        if (!visible) return undefined;
        throw new PromptCancelled('The sign-in window was closed');
      }),
      opened(page, request, idp.url, options.proxy),
      ...(visible
        ? [
            waitUntil(options.clock, request.deadline, stop).then(() =>
              Promise.reject(tooLate(request)),
            ),
          ]
        : [
            pause(options.silentPatience, undefined, { signal: stop }),
            needsPerson(page, stop).then(() => undefined),
          ]),
      ...(options.rehearse === undefined ? [] : [never(options.rehearse(page))]),
    ]);
  } finally {
    over.abort();
  }
}

/** The field of the form that is posted to AWS (SAML 2.0 Bindings §3.5.4), once it comes. */
async function interceptResponse(context: BrowserContext) {
  const { promise: posted, resolve } = Promise.withResolvers<string>();
  const take = async (route: Route) => {
    const asked = route.request();
    const form = asked.method() === 'POST' ? asked.postData() : null;
    const response = new URLSearchParams(form ?? '').get('SAMLResponse');
    if (response === null || response === '') {
      await route.continue();
      return;
    }
    await route.fulfill({ contentType: 'text/html; charset=utf-8', body: donePage });
    resolve(response);
  };
  await context.route((url) => isSamlEndpoint(url.href), take);
  return { posted };
}

/** Resolves when the person has closed the window, or the browser has ended. */
async function lastPageClosed(context: BrowserContext): Promise<void> {
  await new Promise<void>((resolve) => {
    const watch = (page: Page) =>
      page.once('close', () => {
        if (context.pages().length === 0) resolve();
      });
    context.pages().forEach(watch);
    context.on('page', watch);
    context.once('close', () => {
      resolve();
    });
  });
}

/** Rejects when the page cannot be loaded; otherwise it stays pending and the others decide. */
async function opened(
  page: Page,
  request: SamlCapture,
  url: string,
  proxy: string | undefined,
): Promise<never> {
  const [answer, error] = await page.goto(url, { timeout: 0, waitUntil: 'commit' }).then(
    (given) => [given, undefined] as const,
    (thrown: unknown) => [null, String(thrown)] as const,
  );
  const failure = /net::(ERR_\w+)/.exec(error ?? '')?.[1];
  // A page that sends its form at once ends our own load of it.
  if (failure !== undefined && failure !== 'ERR_ABORTED') throw notReached(request, failure, proxy);
  const status = answer?.status() ?? 200;
  if (status === 407) throw notReached(request, 'ERR_PROXY_AUTH_REQUESTED', proxy);
  // A person sees the page.
  if (!request.visible && status >= 500) throw notReached(request, `HTTP ${status}`);
  return await never(Promise.resolve());
}

/** Only a failure counts. */
async function never(work: Promise<unknown>): Promise<never> {
  await work;
  return await new Promise<never>(() => undefined);
}
