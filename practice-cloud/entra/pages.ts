import { button, form, hidden, input, page } from '../http/form-page.ts';
import type { HttpAnswer } from '../http/request.ts';
import { escapeXml } from '../sts/xml.ts';
import type { Visit } from './visits.ts';

/** The sign-in pages. */

export function loginPage(visit: Visit, complaint = ''): HttpAnswer {
  const content = form(
    '/login',
    hidden('visit', visit.id),
    input('userName', 'Email', 'text', 'username', visit.loginHint),
    input('password', 'Password', 'password', 'current-password'),
    '<button>Sign in</button>',
  );
  return page({ title: 'Sign in', content, complaint });
}

export function accountPage(visit: Visit, userNames: readonly string[]): HttpAnswer {
  const content = form(
    '/account',
    hidden('visit', visit.id),
    ...userNames.map((name) => `<p>${button('userName', name, name)}</p>`),
    `<p>${button('userName', '', 'Use another account')}</p>`,
  );
  return page({ title: 'Pick an account', content });
}

export function codePage(visit: Visit, complaint = ''): HttpAnswer {
  const content = form(
    '/code',
    hidden('visit', visit.id),
    input('code', 'Code', 'text', 'one-time-code'),
    '<button>Verify</button>',
  );
  return page({ title: 'Enter code', content, complaint });
}

export function consentPage(visit: Visit, userName: string): HttpAnswer {
  const { application, scopes } = visit;
  return decisionPage(
    visit,
    'Permissions requested',
    `${application.name} wants to act as ${userName} at ${scopes.audience}.`,
    'Accept',
  );
}

export function confirmPage(visit: Visit, userName: string): HttpAnswer {
  return decisionPage(
    visit,
    `Are you trying to sign in to ${visit.application.name}?`,
    `Signing in as ${userName}. Only continue if you downloaded the app from a store or website that you trust.`,
    'Continue',
  );
}

function decisionPage(visit: Visit, title: string, words: string, accept: string): HttpAnswer {
  const content = form(
    '/consent',
    hidden('visit', visit.id),
    `<p>${escapeXml(words)}</p>`,
    button('decision', 'accept', accept),
    button('decision', 'decline', 'Cancel'),
  );
  return page({ title, content });
}

export function deviceCodePage(complaint = ''): HttpAnswer {
  const content = `<form action="/devicelogin">${input('user_code', 'Code', 'text', 'off')}<button>Next</button></form>`;
  return page({ title: 'Enter code to allow access', content, complaint });
}

export function donePage(words: string): HttpAnswer {
  return page({ title: 'Done', content: `<p>${escapeXml(words)}</p>` });
}

export function refusalPage(complaint: string, visit?: Visit): HttpAnswer {
  const content =
    visit === undefined
      ? ''
      : form('/account', hidden('visit', visit.id), button('userName', '', 'Use another account'));
  const title = "Sorry, but we're having trouble signing you in.";
  return page({ status: 400, title, content, complaint });
}

export function missingPage(): HttpAnswer {
  return page({ status: 404, title: 'There is nothing here', content: '' });
}
