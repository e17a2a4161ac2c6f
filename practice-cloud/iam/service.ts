import { randomUUID } from 'node:crypto';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import type { Principal, UserPrincipal } from '../identity/principal.ts';
import type { CloudState } from '../state.ts';
import { authenticate, type Authenticated } from '../sts/authenticate.ts';
import { failure, invalidClientToken, StsFault, throttled, validationError } from '../sts/fault.ts';
import { readParameters, type Parameters } from '../sts/parameters.ts';
import { faultAnswer, resultAnswer } from '../sts/xml.ts';
import { keyActions, nameOf } from './access-keys.ts';
import { explicitlyDenied, noSuchEntity } from './fault.ts';

const apiVersion = '2010-05-08';
/** Namespace of IAM's answers (the sample responses on each action's page). */
const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';

/** Answers one request as IAM would: the actions for access keys, or an error in AWS's own XML. */
export function answerIam(request: HttpRequest, state: CloudState): HttpAnswer | 'drop' {
  const requestId = randomUUID();
  const parameters = readParameters(
    request.method === 'POST' ? request.body.toString('utf8') : request.query,
  );
  const now = state.now();
  const { overrides, directory } = state;
  let caller: Authenticated | undefined;
  let fault: StsFault | undefined;
  try {
    const broken = overrides.nextFault();
    if (broken !== undefined) throw broken === 'throttle' ? throttled() : failure(broken);
    const name = requireAction(request, parameters);
    caller = authenticate(request, state, now, 'iam');
    const user = userOf(caller.principal, parameters, state);
    const { iamDenies, iamNeedsMfa, iamLosesAnswers, newKeyDelayMs } = overrides.current;
    const hasMfa = caller.principal.kind === 'userSession' && caller.principal.mfa;
    if (iamDenies.includes(name) || (iamNeedsMfa && !hasMfa)) {
      throw explicitlyDenied(user.arn, name, nameOf(user));
    }
    const result = keyActions.get(name)?.({ parameters, directory, user, now, newKeyDelayMs });
    if (iamLosesAnswers.includes(name)) return 'drop';
    return resultAnswer(name, result, requestId, namespace);
  } catch (error) {
    if (!(error instanceof StsFault)) throw error;
    fault = error;
    return faultAnswer(error, requestId, namespace);
  } finally {
    state.calls.add({
      time: new Date(now).toISOString(),
      action: parameters.get('Action') ?? '',
      principal: caller?.principal.arn,
      accessKeyId: caller?.accessKeyId,
      error: fault?.code,
    });
  }
}

/**
 * Who the action is about: the user of `UserName`, else the one who signs ("If you do not specify a user
 * name, IAM determines the user name implicitly based on the AWS access key ID signing the request", each
 * action's page). Session tokens without MFA call no IAM action (STS API Reference "GetSessionToken").
 */
function userOf(
  principal: Principal,
  parameters: Parameters,
  { directory }: CloudState,
): UserPrincipal {
  if (principal.kind === 'userSession' && !principal.mfa) throw invalidClientToken('iam');
  const named = parameters.get('UserName');
  if (principal.kind === 'roleSession') {
    throw named === undefined
      ? validationError('Must specify userName when calling with non-User credentials')
      : explicitlyDenied(principal.arn, parameters.get('Action') ?? '', named);
  }
  const own = directory.user(principal.arn);
  if (own !== undefined && (named === undefined || named === nameOf(own))) return own;
  throw noSuchEntity(`The user with name ${named ?? ''} cannot be found.`);
}

/**
 * The Query protocol, as STS has it, at the version of IAM. Source: IAM API Reference "Making query
 * requests"; errors of "Common Errors".
 */
function requireAction(request: HttpRequest, parameters: Parameters): string {
  if (request.path !== '/' || !['GET', 'POST'].includes(request.method)) {
    throw new StsFault(404, 'UnknownOperationException', 'There is nothing at this address.');
  }
  const contentType = headerValues(request, 'content-type')[0] ?? '';
  if (request.method === 'POST' && !/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    throw new StsFault(400, 'MalformedInput', 'The body is not a form.');
  }
  const [name, version = 'NO_VERSION_SPECIFIED'] = [
    parameters.get('Action'),
    parameters.get('Version'),
  ];
  if (name === undefined) throw new StsFault(400, 'MissingAction', 'Missing Action');
  if (version === apiVersion && keyActions.has(name)) return name;
  throw new StsFault(
    400,
    'InvalidAction',
    `Could not find operation ${name} for version ${version}`,
  );
}
