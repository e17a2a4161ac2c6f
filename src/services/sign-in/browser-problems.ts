import { Problem } from '../../models/problem.ts';
import type { SamlCapture } from './saml-sign-in.ts';

/*
 * Playwright's messages contain addresses with queries, in which sign-in pages put tokens: none of
 * them is repeated, not even as a cause.
 */

export function noBrowser({ session }: SamlCapture, chosen: string | undefined): Problem {
  const { sessionId, sessionName } = session;
  return new Problem('browser-unavailable', {
    detail:
      chosen === undefined
        ? `Session ${sessionName} signs in with a browser, and no Chrome, Chromium or Edge was found.`
        : `Session ${sessionName} signs in with a browser, and STINT_BROWSER names ${chosen}, which does not exist.`,
    next: 'Install one of them, or set STINT_BROWSER to the path of one.',
    sessionId,
  });
}

export function noDisplay({ idp, session }: SamlCapture): Problem {
  const { sessionId, sessionName } = session;
  return new Problem('browser-unavailable', {
    detail: `The sign-in of session ${sessionName} at ${idp.name} needs a window, and Stint runs without a display.`,
    next: 'Run Stint in the desktop session: stint stop, then start it from a terminal there.',
    sessionId,
  });
}

export function notStarted({ session }: SamlCapture, browser: string, error: unknown): Problem {
  const { sessionId, sessionName } = session;
  const busy = /ProcessSingleton|profile is already in use/i.test(String(error));
  return new Problem('browser-unavailable', {
    detail: busy
      ? `The browser profile of session ${sessionName} is in use by another browser.`
      : `The browser ${browser} could not be started for session ${sessionName}.`,
    next: busy
      ? 'Close that browser and try again.'
      : 'Check that it starts by itself, or set STINT_BROWSER to another one.',
    sessionId,
  });
}

export function tooLate({ idp, session }: SamlCapture): Problem {
  const { sessionId, sessionName } = session;
  return new Problem('prompt-expired', {
    detail: `Nobody signed in at ${idp.name} in time for session ${sessionName}.`,
    next: 'Start it again and sign in.',
    sessionId,
  });
}

/** What Chromium calls failures at the proxy (`net_error_list.h`); the last is a password it has not. */
const atProxy = /PROXY|TUNNEL|INVALID_AUTH/;

/**
 * `why`: the network error's or the answer's name, such as ERR_CONNECTION_REFUSED or HTTP 503. `proxy`:
 * the one in use.
 */
export function notReached({ idp, session }: SamlCapture, why: string, proxy?: string): Problem {
  const { sessionId, sessionName } = session;
  if (proxy !== undefined && atProxy.test(why)) {
    const wantsPassword = /AUTH/.test(why);
    return new Problem('cloud-unreachable', {
      detail:
        `The identity provider ${idp.name} at ${new URL(idp.url).host} cannot be reached for session ${sessionName}: the proxy at ${proxy} ` +
        (wantsPassword
          ? 'refused: it wants a name and password (407).'
          : `refused or did not answer (${why}).`),
      next: wantsPassword
        ? 'Give them to the agent in its environment: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT. If it has them, they are wrong.'
        : 'Check the network and the setting httpsProxy, or except the host with noProxy: stint settings',
      sessionId,
    });
  }
  return new Problem('cloud-unreachable', {
    detail: `The identity provider ${idp.name} at ${new URL(idp.url).host} did not answer for session ${sessionName} (${why}).`,
    next: 'Check the network, and the address of the identity provider.',
    sessionId,
  });
}
