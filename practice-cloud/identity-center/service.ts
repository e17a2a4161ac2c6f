import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import {
  CenterFault,
  internalFailure,
  oidcFaultAnswer,
  portalFaultAnswer,
  throttled,
} from './fault.ts';
import { createToken, startDeviceAuthorization } from './oidc.ts';
import { beginAuthorize, beginDevice, decide, takePassword } from './pages.ts';
import { getRoleCredentials, listAccountRoles, listAccounts, logout } from './portal.ts';
import { registerClient } from './register-client.ts';

type Answer = (request: HttpRequest, state: CloudState) => HttpAnswer;

interface Operation {
  /** As the SDKs name it; pages have none, and no faults either. */
  readonly action?: string;
  readonly answer: Answer;
}

const operations: Readonly<Record<string, Operation>> = {
  'POST /client/register': { action: 'sso-oidc:RegisterClient', answer: registerClient },
  'POST /device_authorization': {
    action: 'sso-oidc:StartDeviceAuthorization',
    answer: startDeviceAuthorization,
  },
  'POST /token': { action: 'sso-oidc:CreateToken', answer: createToken },
  'GET /assignment/accounts': { action: 'sso:ListAccounts', answer: listAccounts },
  'GET /assignment/roles': { action: 'sso:ListAccountRoles', answer: listAccountRoles },
  'GET /federation/credentials': { action: 'sso:GetRoleCredentials', answer: getRoleCredentials },
  'POST /logout': { action: 'sso:Logout', answer: logout },
  'GET /authorize': { answer: beginAuthorize },
  'GET /device': { answer: beginDevice },
  'POST /login': { answer: takePassword },
  'POST /decide': { answer: decide },
};

/** Answers one request as Identity Center would: sign-in service, access portal and pages. */
export function answerIdentityCenter(request: HttpRequest, state: CloudState): HttpAnswer {
  const operation = operations[`${request.method} ${request.path}`];
  if (operation === undefined) return { status: 404, headers: {}, body: '' };
  const { action, answer } = operation;
  if (action === undefined) return answer(request, state);
  let fault: CenterFault | undefined;
  try {
    meetFault(state, action);
    return answer(request, state);
  } catch (error) {
    if (!(error instanceof CenterFault)) throw error;
    fault = error;
    return action.startsWith('sso-oidc:') ? oidcFaultAnswer(error) : portalFaultAnswer(error);
  } finally {
    state.calls.add({
      time: new Date(state.now()).toISOString(),
      action,
      error: fault?.code,
    });
  }
}

/** About 20 requests a second are let through at AWS; the sign-in service is not counted. */
function meetFault({ overrides, centers }: CloudState, action: string): void {
  const fault = overrides.nextFault();
  if (fault === 'throttle') throw throttled();
  if (fault !== undefined) throw internalFailure(fault);
  const limit = overrides.current.ssoRequestsPerSecond;
  if (action.startsWith('sso:') && !centers.admits(limit)) throw throttled();
}
