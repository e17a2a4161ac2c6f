import { randomUUID } from 'node:crypto';
import { headerValues, type HttpAnswer, type HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import type { Action, UnsignedAction } from './action.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoleWithSaml } from './assume-role-with-saml.ts';
import { authenticate, type Authenticated } from './authenticate.ts';
import { failure, StsFault, throttled } from './fault.ts';
import { getFederationToken } from './get-federation-token.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getSessionToken } from './get-session-token.ts';
import { readParameters, type Parameters } from './parameters.ts';
import { faultAnswer, resultAnswer } from './xml.ts';

const apiVersion = '2011-06-15';

const actions: ReadonlyMap<string, Action> = new Map([
  ['AssumeRole', assumeRole],
  ['GetCallerIdentity', getCallerIdentity],
  ['GetFederationToken', getFederationToken],
  ['GetSessionToken', getSessionToken],
]);

/** The actions that are called without a signature (their pages say so). */
const unsignedActions: ReadonlyMap<string, UnsignedAction> = new Map([
  ['AssumeRoleWithSAML', assumeRoleWithSaml],
]);

/** Answers one request as STS would: the action, or an error in AWS's own XML. */
export function answerSts(request: HttpRequest, state: CloudState): HttpAnswer {
  const requestId = randomUUID();
  const parameters = readParameters(
    request.method === 'POST' ? request.body.toString('utf8') : request.query,
  );
  const now = state.now();
  let caller: Authenticated | undefined;
  let fault: StsFault | undefined;
  try {
    const broken = state.overrides.nextFault();
    if (broken !== undefined) throw broken === 'throttle' ? throttled() : failure(broken);
    const name = requireAction(request, parameters);
    const context = {
      parameters,
      now,
      totpWindowSteps: state.overrides.current.totpWindowSteps,
      directory: state.directory,
      issued: state.issued,
      identityProviders: state.identityProviders,
      lifetime: (seconds: number) => state.overrides.lifetime(seconds),
    };
    const unsigned = unsignedActions.get(name);
    if (unsigned !== undefined) return resultAnswer(name, unsigned(context), requestId);
    const action = actions.get(name);
    if (action === undefined) throw invalidAction(name, apiVersion);
    caller = authenticate(request, state, now);
    const result = action({ ...context, principal: caller.principal });
    return resultAnswer(name, result, requestId);
  } catch (error) {
    if (!(error instanceof StsFault)) throw error;
    fault = error;
    return faultAnswer(error, requestId);
  } finally {
    state.calls.add({
      time: new Date(now).toISOString(),
      action: parameters.get('Action') ?? '',
      principal: caller?.principal.arn,
      accessKeyId: caller?.accessKeyId,
      durationSeconds: parameters.get('DurationSeconds'),
      roleArn: parameters.get('RoleArn'),
      roleSessionName: parameters.get('RoleSessionName'),
      serialNumber: parameters.get('SerialNumber'),
      policy: parameters.get('Policy'),
      policyArns: policyArnsOf(parameters),
      error: fault?.code,
    });
  }
}

function policyArnsOf(parameters: Parameters): readonly string[] | undefined {
  const members = parameters.members('PolicyArns');
  return members.length === 0 ? undefined : members.map((member) => member['arn'] ?? '');
}

/**
 * The Query protocol: `Action` and `Version` in a form (POST) or in the query (GET), at `/`.
 * Source: STS API Reference "Making query requests"; errors of "Common Errors".
 */
function requireAction(request: HttpRequest, parameters: Parameters): string {
  if (request.path !== '/' || !['GET', 'POST'].includes(request.method)) {
    throw new StsFault(404, 'UnknownOperationException', 'There is nothing at this address.');
  }
  const contentType = headerValues(request, 'content-type')[0] ?? '';
  if (request.method === 'POST' && !/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    throw new StsFault(
      400,
      'MalformedInput',
      'The body is not of type application/x-www-form-urlencoded.',
    );
  }
  const [name, version] = [parameters.get('Action'), parameters.get('Version')];
  if (name === undefined) throw new StsFault(400, 'MissingAction', 'Missing Action');
  if (version !== apiVersion) throw invalidAction(name, version);
  return name;
}

function invalidAction(name: string, version = 'NO_VERSION_SPECIFIED'): StsFault {
  return new StsFault(
    400,
    'InvalidAction',
    `Could not find operation ${name} for version ${version}`,
  );
}
