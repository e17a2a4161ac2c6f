import { form, hidden, input, page, sendingPage as sending } from '../http/form-page.ts';
import type { HttpAnswer } from '../http/request.ts';

/** The identity provider's pages. */

/** What is carried from page to page for the service, untouched (SAML 2.0 Bindings §3.5.3). */
export interface Carried {
  readonly name: string;
  readonly relayState: string;
}

export function loginPage({ name, relayState }: Carried, complaint = ''): HttpAnswer {
  const content = form(
    `/${name}`,
    input('userName', 'User name', 'text', 'username'),
    input('password', 'Password', 'password', 'current-password'),
    hidden('RelayState', relayState),
    '<button>Next</button>',
  );
  return page({ title: `Sign in to ${name}`, content, complaint });
}

export function codePage(
  { name, relayState }: Carried,
  pending: string,
  complaint = '',
): HttpAnswer {
  const content = form(
    `/${name}/mfa`,
    input('code', 'Code', 'text', 'one-time-code'),
    hidden('pending', pending),
    hidden('RelayState', relayState),
    '<button>Sign in</button>',
  );
  return page({ title: `A code for ${name}`, content, complaint });
}

/** Sends the response to AWS with the browser's next breath. */
export function sendingPage(
  { name, relayState }: Carried,
  signInUrl: string,
  response: string,
  cookie: string | undefined,
): HttpAnswer {
  const fields = {
    SAMLResponse: Buffer.from(response).toString('base64'),
    RelayState: relayState,
  };
  const answer = sending(`Signed in to ${name}`, signInUrl, fields, 'Continue to AWS');
  return cookie === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}

export function missingPage(): HttpAnswer {
  return page({ status: 404, title: 'There is no such identity provider', content: '' });
}
