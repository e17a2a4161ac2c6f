import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import { headerValues } from '../http/request.ts';
import type { Directory, Role } from '../identity/directory.ts';
import type { RoleSessionPrincipal } from '../identity/principal.ts';
import type { CloudState } from '../state.ts';
import type { Assignment, Center } from './center.ts';
import { CenterFault, json } from './fault.ts';
import type { Token } from './grants.ts';

/*
 * The access portal. Source, where nothing else is named: IAM Identity Center Portal API Reference,
 * the page of each action.
 */

const largestPage = 100;

export function listAccounts(request: HttpRequest, state: CloudState): HttpAnswer {
  const { user } = tokenOf(request, state);
  const accounts = [...user.accounts.values()].flatMap((roles) => {
    const [first] = roles.values();
    if (first === undefined) return [];
    const { accountId, accountName, emailAddress } = first;
    return { accountId, accountName, emailAddress };
  });
  const { items, nextToken } = pageOf(accounts, request);
  return json(200, { accountList: items, ...(nextToken === undefined ? {} : { nextToken }) });
}

export function listAccountRoles(request: HttpRequest, state: CloudState): HttpAnswer {
  const { user, center } = tokenOf(request, state);
  const accountId = new URLSearchParams(request.query).get('account_id') ?? '';
  const roles = user.accounts.get(accountId);
  if (roles === undefined) throw forbidden();
  const error = center.accountErrors.get(accountId);
  if (error !== undefined) throw error;
  const all = [...roles.values()].map(({ roleName }) => ({ roleName, accountId }));
  const { items, nextToken } = pageOf(all, request);
  return json(200, { roleList: items, ...(nextToken === undefined ? {} : { nextToken }) });
}

export function getRoleCredentials(request: HttpRequest, state: CloudState): HttpAnswer {
  const { user, center } = tokenOf(request, state);
  const query = new URLSearchParams(request.query);
  const accountId = query.get('account_id') ?? '';
  const assignment = user.accounts.get(accountId)?.get(query.get('role_name') ?? '');
  if (assignment === undefined) throw forbidden();
  const { arn: roleArn, roleId } = reservedRole(assignment, center, state.directory);
  const name = center.reservedRoleName(accountId, assignment.roleName);
  const principal: RoleSessionPrincipal = {
    kind: 'roleSession',
    partition: 'aws',
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${user.userName}`,
    userId: `${roleId}:${user.userName}`,
    roleArn,
    assumedWith: 'identityCenter',
    sourceIdentity: undefined,
    transitiveTagKeys: [],
  };
  const seconds = state.overrides.lifetime(assignment.sessionSeconds);
  const issued = state.issued.issue(principal, state.now(), seconds);
  return json(200, {
    roleCredentials: {
      accessKeyId: issued.accessKeyId,
      secretAccessKey: issued.secretAccessKey,
      sessionToken: issued.sessionToken,
      expiration: issued.expiresAt,
    },
  });
}

/** Ends the sign-in that the token belongs to. */
export function logout(request: HttpRequest, state: CloudState): HttpAnswer {
  const token = tokenOf(request, state);
  state.centers.grants.revoke(
    ({ user, clientId }) => user === token.user && clientId === token.clientId,
  );
  return { status: 200, headers: {}, body: '' };
}

/** The role in the account, made when it is first used. Nobody else may assume it. */
function reservedRole(
  { accountId, roleName, sessionSeconds }: Assignment,
  center: Center,
  directory: Directory,
): Role {
  const name = center.reservedRoleName(accountId, roleName);
  const arn = `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/${center.options.region}/${name}`;
  return (
    directory.role(arn) ??
    directory.createRole({
      arn,
      partition: 'aws',
      maxSessionSeconds: sessionSeconds,
      trust: { principals: [], mfaRequired: false, tagSession: false, setSourceIdentity: false },
    })
  );
}

function tokenOf(request: HttpRequest, { centers, now }: CloudState): Token {
  const [accessToken = ''] = headerValues(request, 'x-amz-sso_bearer_token');
  const token = centers.grants.token(accessToken);
  if (token === undefined || now() >= token.expiresAt) {
    throw new CenterFault(401, 'UnauthorizedException', 'Session token not found or invalid');
  }
  return token;
}

function forbidden(): CenterFault {
  return new CenterFault(403, 'ForbiddenException', 'No access');
}

/** The token of a page is the index of its first entry. */
function pageOf<T>(all: readonly T[], { query }: HttpRequest) {
  const parameters = new URLSearchParams(query);
  const size = Number(parameters.get('max_result') ?? largestPage);
  const from = Number(parameters.get('next_token') ?? 0);
  if (!Number.isInteger(size) || size < 1 || size > largestPage || !Number.isInteger(from)) {
    throw new CenterFault(400, 'InvalidRequestException', 'Invalid request');
  }
  const end = from + size;
  return {
    items: all.slice(from, end),
    nextToken: end < all.length ? String(end) : undefined,
  };
}
