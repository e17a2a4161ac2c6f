import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import { page } from '../http/form-page.ts';
import type { CloudState } from '../state.ts';
import { escapeXml } from '../sts/xml.ts';
import { isConsolePage } from './console-hosts.ts';
import { SigninFault } from './fault.ts';
import { getSigninToken } from './get-signin-token.ts';

/**
 * Answers the AWS federation endpoint, `/federation`: a token for temporary credentials, and the page
 * that it signs in to. Source: IAM User Guide "Enable custom identity broker access to the AWS console".
 */
export function answerSignin(request: HttpRequest, state: CloudState): HttpAnswer {
  const fields = fieldsOf(request);
  const action = fields.get('Action') ?? '';
  let fault: SigninFault | undefined;
  try {
    if (request.path !== '/federation') throw new SigninFault('There is no such page.', 404);
    if (action === 'getSigninToken') {
      const body = JSON.stringify({ SigninToken: getSigninToken(fields, state) });
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    }
    if (action === 'login' && request.method === 'GET') return login(fields, state);
    throw new SigninFault('Action must be getSigninToken, or login with GET.');
  } catch (error) {
    if (!(error instanceof SigninFault)) throw error;
    fault = error;
    return page({
      title: 'Bad Request',
      content: '',
      complaint: fault.message,
      status: fault.status,
    });
  } finally {
    state.calls.add({
      time: new Date(state.now()).toISOString(),
      action: `${request.method} ${action}`,
      durationSeconds: fields.get('SessionDuration') ?? undefined,
      ...(fault === undefined ? {} : { error: fault.message }),
    });
  }
}

/** Both forms are documented: the query, and a POST where the session token is long. */
function fieldsOf(request: HttpRequest): URLSearchParams {
  const [type = ''] = headerValues(request, 'content-type');
  const isForm = request.method === 'POST' && /^application\/x-www-form-urlencoded\b/i.test(type);
  return new URLSearchParams(isForm ? request.body.toString('utf8') : request.query);
}

/** AWS would set its cookies and redirect to `Destination`; here the page says who is signed in. */
function login(fields: URLSearchParams, state: CloudState): HttpAnswer {
  const signIn = state.signinTokens.find(fields.get('SigninToken') ?? '');
  const destination = fields.get('Destination') ?? '';
  if (signIn === undefined) throw new SigninFault('The sign-in token is not valid.');
  if (signIn.tokenExpiresAt <= state.now()) throw new SigninFault('The sign-in token has expired.');
  const { principal, sessionEndsAt } = signIn;
  if (!isConsolePage(destination, principal.partition)) {
    throw new SigninFault(`Destination is not a page of the console of ${principal.partition}.`);
  }
  const facts = [
    ['Account', principal.accountId],
    ['Signed in as', principal.arn],
    ['Page', destination],
    ['Until', new Date(sessionEndsAt).toISOString()],
  ];
  const rows = facts.map(
    ([name = '', value = '']) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`,
  );
  return page({ title: 'AWS Management Console', content: `<dl>${rows.join('')}</dl>` });
}
