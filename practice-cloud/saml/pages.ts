import { randomBytes } from 'node:crypto';
import type { HttpAnswer } from '../http/request.ts';
import { escapeXml } from '../sts/xml.ts';

/*
 * The identity provider's pages: plain forms. A script is used for one thing only, sending the
 * response on by itself, and a button does the same without it (SAML 2.0 Bindings §3.5).
 */

/** What is carried from page to page for the service, untouched (SAML 2.0 Bindings §3.5.3). */
export interface Carried {
  readonly name: string;
  readonly relayState: string;
}

export function loginPage({ name, relayState }: Carried, complaint = ''): HttpAnswer {
  return page(
    complaint === '' ? 200 : 403,
    `Sign in to ${name}`,
    complaint,
    form(
      `/${name}`,
      input('userName', 'User name', 'text', 'username'),
      input('password', 'Password', 'password', 'current-password'),
      hidden('RelayState', relayState),
      '<button>Next</button>',
    ),
  );
}

export function codePage(
  { name, relayState }: Carried,
  pending: string,
  complaint = '',
): HttpAnswer {
  return page(
    complaint === '' ? 200 : 403,
    `A code for ${name}`,
    complaint,
    form(
      `/${name}/mfa`,
      input('code', 'Code', 'text', 'one-time-code'),
      hidden('pending', pending),
      hidden('RelayState', relayState),
      '<button>Sign in</button>',
    ),
  );
}

/** Sends the response to AWS with the browser's next breath. */
export function sendingPage(
  { name, relayState }: Carried,
  signInUrl: string,
  response: string,
  cookie: string | undefined,
): HttpAnswer {
  const nonce = randomBytes(12).toString('base64');
  const content = form(
    signInUrl,
    hidden('SAMLResponse', Buffer.from(response).toString('base64')),
    hidden('RelayState', relayState),
    '<button>Go on to AWS</button>',
  );
  const script = `<script nonce="${nonce}">document.forms[0].submit()</script>`;
  const answer = page(200, `Signed in to ${name}`, '', content + script, nonce);
  return cookie === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}

export function missingPage(): HttpAnswer {
  return page(404, 'There is no such identity provider', '', '');
}

function page(
  status: number,
  title: string,
  complaint: string,
  content: string,
  nonce?: string,
): HttpAnswer {
  const words = complaint === '' ? '' : `<p role="alert">${escapeXml(complaint)}</p>`;
  const scripts = nonce === undefined ? "'none'" : `'nonce-${nonce}'`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; script-src ${scripts}; frame-ancestors 'none'`,
    },
    body:
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeXml(title)}</title>` +
      `<h1>${escapeXml(title)}</h1>${words}${content}</html>\n`,
  };
}

function form(action: string, ...content: readonly string[]): string {
  return `<form method="post" action="${escapeXml(action)}">${content.join('')}</form>`;
}

function input(name: string, label: string, type: string, autocomplete: string): string {
  return (
    `<p><label>${label} <input name="${name}" type="${type}" ` +
    `autocomplete="${autocomplete}" required></label></p>`
  );
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;
}
