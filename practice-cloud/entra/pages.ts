import { randomBytes } from 'node:crypto';
import type { HttpAnswer } from '../http/request.ts';
import { escapeXml } from '../sts/xml.ts';
import type { Visit } from './visits.ts';

/*
 * The sign-in pages: plain forms. A script is used for one thing only, sending an answer on by itself,
 * and a button does the same without it ("OAuth 2.0 Form Post Response Mode").
 */

export function loginPage(visit: Visit, complaint = ''): HttpAnswer {
  return page(
    'Sign in',
    form(
      '/login',
      hidden('visit', visit.id),
      input('userName', 'Email', 'text', 'username', visit.loginHint),
      input('password', 'Password', 'password', 'current-password'),
      '<button>Sign in</button>',
    ),
    complaint,
  );
}

export function accountPage(visit: Visit, userNames: readonly string[]): HttpAnswer {
  const choices = userNames.map((name) => `<p>${button('userName', name, name)}</p>`);
  return page(
    'Pick an account',
    form(
      '/account',
      hidden('visit', visit.id),
      ...choices,
      `<p>${button('userName', '', 'Use another account')}</p>`,
    ),
  );
}

export function codePage(visit: Visit, complaint = ''): HttpAnswer {
  return page(
    'Enter code',
    form(
      '/code',
      hidden('visit', visit.id),
      input('code', 'Code', 'text', 'one-time-code'),
      '<button>Verify</button>',
    ),
    complaint,
  );
}

export function consentPage(visit: Visit, userName: string): HttpAnswer {
  const { name } = visit.application;
  return page(
    'Permissions requested',
    `<p>${escapeXml(name)} wants to act as ${escapeXml(userName)} at ${escapeXml(visit.scopes.audience)}.</p>` +
      form(
        '/consent',
        hidden('visit', visit.id),
        button('decision', 'accept', 'Accept'),
        button('decision', 'decline', 'Cancel'),
      ),
  );
}

export function confirmPage(visit: Visit, userName: string): HttpAnswer {
  return page(
    `Are you trying to sign in to ${visit.application.name}?`,
    `<p>Signing in as ${escapeXml(userName)}. Only continue if you downloaded the app from a store or website that you trust.</p>` +
      form(
        '/consent',
        hidden('visit', visit.id),
        button('decision', 'accept', 'Continue'),
        button('decision', 'decline', 'Cancel'),
      ),
  );
}

export function deviceCodePage(complaint = ''): HttpAnswer {
  return page(
    'Enter code to allow access',
    `<form action="/devicelogin">${input('user_code', 'Code', 'text', 'off')}<button>Next</button></form>`,
    complaint,
  );
}

export function donePage(words: string): HttpAnswer {
  return page('Done', `<p>${escapeXml(words)}</p>`);
}

export function refusalPage(words: string, visit?: Visit): HttpAnswer {
  const again =
    visit === undefined
      ? ''
      : form('/account', hidden('visit', visit.id), button('userName', '', 'Use another account'));
  return page("Sorry, but we're having trouble signing you in.", again, words, 400);
}

export function missingPage(): HttpAnswer {
  return page('There is nothing here', '', '', 404);
}

/** Sends the answer to the client's address with a form. */
export function postingPage(address: string, fields: Readonly<Record<string, string>>): HttpAnswer {
  const nonce = randomBytes(12).toString('base64');
  const inputs = Object.entries(fields).map(([name, value]) => hidden(name, value));
  const content = form(address, ...inputs, '<button>Continue</button>');
  const script = `<script nonce="${nonce}">document.forms[0].submit()</script>`;
  return page('Working…', content + script, '', 200, nonce);
}

function page(
  title: string,
  content: string,
  complaint = '',
  status = complaint === '' ? 200 : 403,
  nonce?: string,
): HttpAnswer {
  const words = complaint === '' ? '' : `<p role="alert">${escapeXml(complaint)}</p>`;
  const scripts = nonce === undefined ? "'none'" : `'nonce-${nonce}'`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${scripts}; frame-ancestors 'none'`,
      'cache-control': 'no-store',
    },
    body:
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeXml(title)}</title>` +
      `<h1>${escapeXml(title)}</h1>${words}${content}</html>\n`,
  };
}

function form(action: string, ...content: readonly string[]): string {
  return `<form method="post" action="${escapeXml(action)}">${content.join('')}</form>`;
}

function input(
  name: string,
  label: string,
  type: string,
  autocomplete: string,
  value = '',
): string {
  return (
    `<p><label>${label} <input name="${name}" type="${type}" value="${escapeXml(value)}" ` +
    `autocomplete="${autocomplete}" required></label></p>`
  );
}

function button(name: string, value: string, label: string): string {
  return `<button name="${name}" value="${escapeXml(value)}">${escapeXml(label)}</button>`;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;
}
