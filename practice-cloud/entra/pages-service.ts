import { randomBytes } from 'node:crypto';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { tenantOf } from './authority.ts';
import { beginAuthorize, refuseTo } from './authorize.ts';
import { EntraFault } from './fault.ts';
import {
  accountPage,
  codePage,
  deviceCodePage,
  loginPage,
  missingPage,
  refusalPage,
} from './pages.ts';
import type { EntraEndpoint } from './endpoint.ts';
import { decline, finish, continueSignIn, nextStep } from './sign-in.ts';
import type { Visit } from './visits.ts';

type Form = (
  fields: URLSearchParams,
  visit: Visit,
  browser: Browser,
  state: CloudState,
) => HttpAnswer;

/** Who is signed in with the browser that asks: user name → whether a code was given. */
interface Browser {
  readonly accounts: Map<string, { readonly mfa: boolean }>;
  /** For `Set-Cookie`, when the browser has none yet. */
  readonly cookie: string | undefined;
}

const forms: Readonly<Record<string, Form>> = {
  '/login': takePassword,
  '/account': chooseAccount,
  '/code': takeCode,
  '/consent': takeConsent,
};

const cookieName = 'practice-entra';

/** Answers the pages that a person sees; they need no TLS. */
export function answerPages(
  request: HttpRequest,
  endpoint: EntraEndpoint,
  state: CloudState,
): HttpAnswer {
  const browser = browserOf(request, state);
  const answer = answerPage(request, endpoint, browser, state);
  // A browser is remembered once somebody has signed in with it.
  if (browser.cookie === undefined || browser.accounts.size === 0) return answer;
  state.entra.pages.browsers.set(browser.cookie, browser.accounts);
  const cookie = `${cookieName}=${browser.cookie}; HttpOnly; SameSite=Lax; Path=/`;
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
}

function answerPage(
  request: HttpRequest,
  endpoint: EntraEndpoint,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  if (request.method === 'POST') {
    const fields = new URLSearchParams(request.body.toString('utf8'));
    const visit = state.entra.pages.visit(fields.get('visit') ?? '');
    const form = forms[request.path];
    if (form === undefined) return missingPage();
    if (visit === undefined) return refusalPage('This page is no longer valid. Begin again.');
    return form(fields, visit, browser, state);
  }
  const [, authority = '', ...rest] = request.path.split('/');
  const parameters = new URLSearchParams(request.query);
  try {
    if (request.path === '/devicelogin') return beginDevice(parameters, endpoint, browser, state);
    if (rest.join('/') !== 'oauth2/v2.0/authorize') return missingPage();
    const tenant = tenantOf(authority, endpoint, state);
    const begun = beginAuthorize({ authority, tenant, parameters, endpoint, state });
    return 'status' in begun ? begun : welcome(begun.visit, begun.prompt, browser, state);
  } catch (error) {
    if (!(error instanceof EntraFault)) throw error;
    return refusalPage(`${error.code}: ${error.message}`);
  }
}

/** `GET /devicelogin`: where a person gives the code that a device shows. */
function beginDevice(
  query: URLSearchParams,
  endpoint: EntraEndpoint,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  const userCode = query.get('user_code') ?? '';
  const grant = state.entra.grants.deviceByUserCode(userCode);
  if (grant === undefined || grant.used || state.now() >= grant.expiresAt) {
    return deviceCodePage(
      userCode === '' ? '' : "That code didn't work. Check the code and try again.",
    );
  }
  const visit = state.entra.pages.begin({
    application: grant.application,
    tenant: tenantOf(grant.authority, endpoint, state),
    scopes: grant.scopes,
    challenged: grant.challenged,
    loginHint: '',
    consentAsked: false,
    what: { kind: 'device', userCode: grant.userCode },
  });
  return welcome(visit, '', browser, state);
}

/** A signed-in user continues; several users, or a prompt, lead to the account picker ("`prompt`"). */
function welcome(visit: Visit, prompt: string, browser: Browser, state: CloudState): HttpAnswer {
  const names = [...browser.accounts.keys()];
  const wanted = visit.loginHint.toLowerCase();
  const hinted = names.filter((name) => wanted === '' || name === wanted);
  if (prompt === 'none') return goSilently(visit, hinted, browser, state);
  if (names.length === 0 || prompt === 'login') return loginPage(visit);
  if (prompt === 'select_account') return accountPage(visit, names);
  const [only, ...others] = hinted;
  if (only === undefined) return loginPage(visit);
  return others.length > 0 ? accountPage(visit, names) : proceedAs(only, visit, browser, state);
}

/** Nobody may be asked anything: `prompt=none`. */
function goSilently(
  visit: Visit,
  [only = '', ...others]: readonly string[],
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  if (visit.what.kind !== 'authorize') return loginPage(visit);
  const user = state.entra.directory.user(only);
  const { mfa = false } = browser.accounts.get(only) ?? {};
  const gone = state.entra.pages.go(visit, { userName: user?.userName, mfa });
  try {
    if (user !== undefined && others.length === 0 && nextStep(gone, user) === 'done') {
      return finish(gone, user, state);
    }
    throw new EntraFault(
      50058,
      user === undefined ? 'login_required' : 'interaction_required',
      'A silent sign-in request was sent but no user is signed in.',
    );
  } catch (error) {
    if (!(error instanceof EntraFault)) throw error;
    return refuseTo(visit.what, error, state.now());
  }
}

function takePassword(
  fields: URLSearchParams,
  visit: Visit,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  const user = state.entra.directory.user(fields.get('userName') ?? '');
  if (user === undefined || user.password !== fields.get('password')) {
    return loginPage(visit, 'Your account or password is incorrect.');
  }
  browser.accounts.set(user.userName.toLowerCase(), { mfa: false });
  return proceedAs(user.userName, visit, browser, state);
}

function chooseAccount(
  fields: URLSearchParams,
  visit: Visit,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  const userName = (fields.get('userName') ?? '').toLowerCase();
  return browser.accounts.has(userName)
    ? proceedAs(userName, visit, browser, state)
    : loginPage(visit);
}

function proceedAs(
  userName: string,
  visit: Visit,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  const user = state.entra.directory.user(userName);
  if (user === undefined) return loginPage(visit);
  const { mfa = false } = browser.accounts.get(userName.toLowerCase()) ?? {};
  return continueSignIn(state.entra.pages.go(visit, { userName: user.userName, mfa }), user, state);
}

function takeCode(
  fields: URLSearchParams,
  visit: Visit,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  const user = state.entra.directory.user(visit.userName ?? '');
  if (user?.device === undefined) return loginPage(visit);
  const { totpWindowSteps } = state.overrides.current;
  if (!user.device.take(fields.get('code') ?? '', state.now(), totpWindowSteps)) {
    return codePage(visit, "You didn't enter the expected verification code. Please try again.");
  }
  browser.accounts.set(user.userName.toLowerCase(), { mfa: true });
  return proceedAs(user.userName, visit, browser, state);
}

function takeConsent(
  fields: URLSearchParams,
  visit: Visit,
  browser: Browser,
  state: CloudState,
): HttpAnswer {
  const user = state.entra.directory.user(visit.userName ?? '');
  const isTheirs = browser.accounts.has(user?.userName.toLowerCase() ?? '');
  if (user === undefined || !isTheirs) return loginPage(visit);
  if (fields.get('decision') !== 'accept') return decline(visit, state);
  return continueSignIn(visit, user, state, true);
}

function browserOf(request: HttpRequest, { entra }: CloudState): Browser {
  const known = headerValues(request, 'cookie')
    .flatMap((header) => header.split('; '))
    .filter((pair) => pair.startsWith(`${cookieName}=`))
    .map((pair) => entra.pages.browsers.get(pair.slice(cookieName.length + 1)))
    .find((accounts) => accounts !== undefined);
  if (known !== undefined) return { accounts: known, cookie: undefined };
  const cookie = randomBytes(24).toString('base64url');
  return { accounts: new Map(), cookie };
}
