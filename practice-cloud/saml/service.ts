import { randomBytes } from 'node:crypto';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import type { IdentityProvider, SamlUser } from './identity-provider.ts';
import { codePage, loginPage, missingPage, sendingPage, type Carried } from './pages.ts';
import { samlResponse } from './saml-response.ts';

/** How long a persistent cookie lives, in seconds: a working day. */
const cookieSeconds = 43_200;

/**
 * Answers the identity providers' pages. `GET /NAME` begins a sign-in without a request of the
 * service (SAML 2.0 Profiles §4.1.5): who has the cookie goes straight on to AWS, who hasn't gives
 * name and password, then a code where the provider wants one.
 */
export function answerSaml(request: HttpRequest, state: CloudState): HttpAnswer {
  const [, name = '', step, ...more] = request.path.split('/');
  const provider = state.identityProviders.named(decodeName(name));
  if (provider === undefined || more.length > 0) return missingPage();
  const fields = new URLSearchParams(
    request.method === 'POST' ? request.body.toString('utf8') : request.query,
  );
  const carried = { name: provider.name, relayState: fields.get('RelayState') ?? '' };
  switch (`${request.method} ${step ?? ''}`) {
    case 'GET ':
      return begin(request, provider, carried, state);
    case 'POST ':
      return takePassword(fields, provider, carried, state);
    case 'POST mfa':
      return takeCode(fields, provider, carried, state);
    default:
      return missingPage();
  }
}

function begin(
  request: HttpRequest,
  provider: IdentityProvider,
  carried: Carried,
  state: CloudState,
): HttpAnswer {
  const userName = provider.cookies.get(cookieOf(request, provider) ?? '');
  const user = userName === undefined ? undefined : provider.users.get(userName);
  return user === undefined ? loginPage(carried) : send(provider, user, carried, state);
}

function takePassword(
  fields: URLSearchParams,
  provider: IdentityProvider,
  carried: Carried,
  state: CloudState,
): HttpAnswer {
  const user = provider.users.get(fields.get('userName') ?? '');
  if (user === undefined || user.password !== fields.get('password')) {
    return loginPage(carried, 'The user name or the password is wrong.');
  }
  if (user.device === undefined) return enter(provider, user, carried, state);
  const pending = randomBytes(24).toString('base64url');
  provider.pending.set(pending, user.userName);
  return codePage(carried, pending);
}

function takeCode(
  fields: URLSearchParams,
  provider: IdentityProvider,
  carried: Carried,
  state: CloudState,
): HttpAnswer {
  const pending = fields.get('pending') ?? '';
  const user = provider.users.get(provider.pending.get(pending) ?? '');
  if (user?.device === undefined) return loginPage(carried, 'That took too long.');
  const { totpWindowSteps } = state.overrides.current;
  if (!user.device.take(fields.get('code') ?? '', state.now(), totpWindowSteps)) {
    return codePage(carried, pending, 'That code is wrong or was used before.');
  }
  provider.pending.delete(pending);
  return enter(provider, user, carried, state);
}

/** Signed in just now: the browser gets its cookie. */
function enter(
  provider: IdentityProvider,
  user: SamlUser,
  carried: Carried,
  state: CloudState,
): HttpAnswer {
  const { cookie } = provider.settings;
  if (cookie === 'none') return send(provider, user, carried, state);
  const value = randomBytes(24).toString('base64url');
  provider.cookies.set(value, user.userName);
  const maxAge = cookie === 'persistent' ? `; Max-Age=${cookieSeconds}` : '';
  const text = `${cookieName}=${value}; Path=/${provider.name}; HttpOnly; SameSite=Lax${maxAge}`;
  return send(provider, user, carried, state, text);
}

function send(
  provider: IdentityProvider,
  user: SamlUser,
  carried: Carried,
  state: CloudState,
  cookie?: string,
): HttpAnswer {
  const response = samlResponse(provider, user, state.now());
  return sendingPage(carried, provider.settings.signInUrl, response, cookie);
}

const cookieName = 'practice-sign-in';

/** The cookie of this provider: others have a path of their own (RFC 6265 §5.1.4). */
function cookieOf(request: HttpRequest, provider: IdentityProvider): string | undefined {
  return headerValues(request, 'cookie')
    .flatMap((header) => header.split('; '))
    .map((pair) => pair.split('='))
    .find(([name, value = '']) => name === cookieName && provider.cookies.has(value))?.[1];
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
