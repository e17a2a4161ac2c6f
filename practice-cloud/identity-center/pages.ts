import { randomBytes } from 'node:crypto';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { escapeXml } from '../sts/xml.ts';
import type { Center, CenterUser } from './center.ts';
import { secret, type Visit } from './grants.ts';
import { isRegisteredRedirect } from './register-client.ts';

/*
 * The sign-in pages: plain forms without script. An address to go back to is followed only once it is
 * one that the client registered.
 */

/** An authorization code is to be used at once (RFC 6749 §4.1.2). */
const codeSeconds = 300;

/** `GET /authorize`, with the parameters the AWS CLI v2 sends. */
export function beginAuthorize(request: HttpRequest, state: CloudState): HttpAnswer {
  const query = new URLSearchParams(request.query);
  const asked = (name: string) => query.get(name) ?? '';
  const registration = state.centers.grants.registrations.get(asked('client_id'));
  if (registration === undefined || state.now() >= registration.expiresAt) {
    return page(400, 'Sign in', '<p>This client is not registered.</p>');
  }
  const redirectUri = asked('redirect_uri');
  if (!isRegisteredRedirect(registration.redirectUris, redirectUri)) {
    return page(400, 'Sign in', '<p>The address to go back to is not registered.</p>');
  }
  const center = state.centers.at(registration.issuerUrl ?? '');
  const isWhole =
    asked('response_type') === 'code' &&
    asked('code_challenge_method') === 'S256' &&
    /^[\w-]{43}$/.test(asked('code_challenge')) &&
    registration.grantTypes.includes('authorization_code') &&
    asked('scopes')
      .split(' ')
      .every((scope) => registration.scopes.includes(scope));
  if (center === undefined || !isWhole) {
    return goBack(redirectUri, { error: 'invalid_request', state: asked('state') });
  }
  return show(request, state, {
    id: secret(18),
    center,
    what: {
      kind: 'authorize',
      clientId: registration.clientId,
      redirectUri,
      state: asked('state'),
      challenge: asked('code_challenge'),
    },
  });
}

/** `GET /device`: where a person confirms a code. */
export function beginDevice(request: HttpRequest, state: CloudState): HttpAnswer {
  const userCode = (new URLSearchParams(request.query).get('user_code') ?? '').toUpperCase();
  const grant = state.centers.grants.deviceByUserCode(userCode);
  if (grant === undefined || state.now() >= grant.expiresAt) {
    return page(
      userCode === '' ? 200 : 400,
      'Enter the code',
      `${userCode === '' ? '' : '<p>There is no such code.</p>'}<form action="/device">
       <label>Code <input name="user_code" autocomplete="off"></label><button>Next</button></form>`,
    );
  }
  return show(request, state, {
    id: secret(18),
    center: grant.center,
    what: { kind: 'device', userCode },
  });
}

/** `POST /login` */
export function takePassword(request: HttpRequest, state: CloudState): HttpAnswer {
  const form = new URLSearchParams(request.body.toString('utf8'));
  const visit = state.centers.grants.visits.get(form.get('visit') ?? '');
  if (visit === undefined) return tooLate();
  const user = visit.center.users.get(form.get('userName') ?? '');
  if (user === undefined || user.password !== form.get('password')) {
    return loginPage(visit, 'The user name or the password is wrong.');
  }
  const cookie = randomBytes(24).toString('base64url');
  visit.center.browsers.set(cookie, user.userName);
  return {
    ...consentPage(visit, user),
    headers: {
      ...pageHeaders,
      'set-cookie': `${cookieName(visit.center)}=${cookie}; HttpOnly; SameSite=Lax; Path=/`,
    },
  };
}

/** `POST /decide` */
export function decide(request: HttpRequest, state: CloudState): HttpAnswer {
  const { grants } = state.centers;
  const form = new URLSearchParams(request.body.toString('utf8'));
  const visit = grants.visits.get(form.get('visit') ?? '');
  const user = visit === undefined ? undefined : signedIn(request, visit.center);
  if (visit === undefined || user === undefined) return tooLate();
  grants.visits.delete(visit.id);
  const allowed = form.get('decision') === 'allow';
  if (visit.what.kind === 'device') {
    confirmDevice(visit.what.userCode, allowed ? user : 'denied', state);
    return page(200, 'Done', `<p>${allowed ? 'Request approved.' : 'Request denied.'}</p>`);
  }
  const { redirectUri, state: given } = visit.what;
  return allowed
    ? goBack(redirectUri, { code: grantCode(visit, user, state), state: given })
    : goBack(redirectUri, { error: 'access_denied', state: given });
}

/** Applies the signed-in user's "Allow". False for an unknown code. */
export function confirmDevice(
  userCode: string,
  decision: CenterUser | 'denied',
  state: CloudState,
): boolean {
  const grant = state.centers.grants.deviceByUserCode(userCode);
  if (grant === undefined || state.now() >= grant.expiresAt) return false;
  grant.decision ??= decision;
  return true;
}

/** A code for what was asked for; where the browser goes with it. */
export function grantCode(visit: Visit, user: CenterUser, state: CloudState): string {
  if (visit.what.kind !== 'authorize') throw new Error('no code was asked for');
  const { clientId, redirectUri, challenge } = visit.what;
  const code = secret(48);
  state.centers.grants.codes.set(code, {
    code,
    clientId,
    redirectUri,
    challenge,
    center: visit.center,
    user,
    expiresAt: state.now() + codeSeconds * 1000,
  });
  return code;
}

function show(request: HttpRequest, state: CloudState, visit: Visit): HttpAnswer {
  state.centers.grants.visits.set(visit.id, visit);
  const user = signedIn(request, visit.center);
  return user === undefined ? loginPage(visit) : consentPage(visit, user);
}

function loginPage({ id, center }: Visit, complaint = ''): HttpAnswer {
  return page(
    complaint === '' ? 200 : 403,
    `Sign in to ${center.options.name}`,
    `${complaint === '' ? '' : `<p role="alert">${escapeXml(complaint)}</p>`}
     <form method="post" action="/login"><input type="hidden" name="visit" value="${id}">
     <label>User name <input name="userName" autocomplete="username"></label>
     <label>Password <input name="password" type="password" autocomplete="current-password"></label>
     <button>Sign in</button></form>`,
  );
}

function consentPage({ id, what }: Visit, user: CenterUser): HttpAnswer {
  const code =
    what.kind === 'device'
      ? `<p>Does your application show this code?</p><p><strong>${what.userCode}</strong></p>`
      : '';
  return page(
    200,
    'Allow access?',
    `${code}<p>An application wants to access AWS accounts as ${escapeXml(user.userName)}.</p>
     <form method="post" action="/decide"><input type="hidden" name="visit" value="${id}">
     <button name="decision" value="allow">Allow access</button>
     <button name="decision" value="deny">Deny access</button></form>`,
  );
}

function tooLate(): HttpAnswer {
  return page(400, 'Sign in', '<p>This page is no longer valid. Begin again.</p>');
}

function signedIn(request: HttpRequest, center: Center): CenterUser | undefined {
  const cookies = headerValues(request, 'cookie').flatMap((line) => line.split('; '));
  const name = cookieName(center);
  const value = cookies.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return center.users.get(center.browsers.get(value) ?? '');
}

function cookieName(center: Center): string {
  return `center-${center.options.name}`;
}

function goBack(redirectUri: string, parameters: Readonly<Record<string, string>>): HttpAnswer {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: '' };
}

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

function page(status: number, title: string, content: string): HttpAnswer {
  return {
    status,
    headers: pageHeaders,
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeXml(title)}</title><h1>${escapeXml(title)}</h1>${content}</html>`,
  };
}
