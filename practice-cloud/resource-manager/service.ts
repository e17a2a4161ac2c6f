import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import type { CloudState } from '../state.ts';
import { callerOf, type Caller } from './bearer.ts';
import { failure, faultAnswer, json, ManagerFault, throttled } from './fault.ts';
import { answerResourceGroup } from './resource-groups.ts';
import { metadataEndpoints } from './metadata.ts';
import { pageOf } from './paging.ts';
import type { ManagerEndpoint } from './endpoint.ts';
import { getSubscription, listSubscriptions } from './subscription-answers.ts';
import { listTenants } from './tenants.ts';

/** The first versions with what is practised here ("Subscriptions" and "Tenants" REST references). */
const oldestApiVersion = '2016-06-01';
const oldestMetadataVersion = '2019-05-01';

/** Answers one request as Azure Resource Manager would, as far as sign-in programs use it. */
export async function answerResourceManager(
  request: HttpRequest,
  endpoint: ManagerEndpoint,
  state: CloudState,
): Promise<HttpAnswer> {
  let caller: Caller | undefined;
  let fault: ManagerFault | undefined;
  try {
    meetFault(state);
    const query = new URLSearchParams(request.query);
    if (isMetadata(request)) {
      requireApiVersion(query, oldestMetadataVersion);
      return json(200, metadataEndpoints(endpoint));
    }
    caller = await callerOf(request, endpoint, state);
    requireApiVersion(query, oldestApiVersion);
    const group = resourceGroupIn(request);
    if (group !== undefined) return answerResourceGroup(request, group, caller, endpoint, state);
    return json(200, answer(request, query, caller, endpoint, state));
  } catch (error) {
    if (!(error instanceof ManagerFault)) throw error;
    fault = error;
    return faultAnswer(error);
  } finally {
    state.calls.add({
      time: new Date(state.now()).toISOString(),
      action: `arm:${request.method} ${request.path}`,
      principal: caller?.name,
      tenant: caller?.tenant.tenantId,
      error: fault?.code,
    });
  }
}

function answer(
  request: HttpRequest,
  query: URLSearchParams,
  caller: Caller,
  endpoint: ManagerEndpoint,
  state: CloudState,
): object {
  const size = state.overrides.current.resourceManagerPageSize;
  const [, list = '', id, ...more] = request.path.split('/');
  if (request.method === 'GET' && more.length === 0) {
    const kind = list.toLowerCase();
    if (kind === 'tenants' && id === undefined) {
      return pageOf(listTenants(caller, state), query, '/tenants', endpoint, size);
    }
    if (kind === 'subscriptions' && id === undefined) {
      const all = listSubscriptions(caller, state);
      const page = pageOf(all, query, '/subscriptions', endpoint, size);
      return { ...page, count: { type: 'Total', value: page.value.length } };
    }
    if (kind === 'subscriptions' && id !== undefined) {
      return getSubscription(id, caller, endpoint, state);
    }
  }
  throw new ManagerFault(
    404,
    'InvalidResourceType',
    `The resource type could not be found for '${request.path}'.`,
  );
}

function resourceGroupIn({ method, path }: HttpRequest) {
  if (method !== 'GET' && method !== 'PUT') return undefined;
  const [, subscriptionId, name] =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([\w.()-]{1,90})$/i.exec(path) ?? [];
  return subscriptionId === undefined || name === undefined ? undefined : { subscriptionId, name };
}

function isMetadata({ method, path }: HttpRequest): boolean {
  return method === 'GET' && path.toLowerCase() === '/metadata/endpoints';
}

/** Azure REST API reference, "Request URI": `api-version` is required. */
function requireApiVersion(query: URLSearchParams, oldest: string): void {
  const version = query.get('api-version') ?? '';
  if (version === '') {
    throw new ManagerFault(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  }
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(version) || version < oldest) {
    throw new ManagerFault(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${version}' is invalid. The supported versions are '2022-12-01,2022-09-01,2021-01-01,2020-01-01,2019-11-01,2019-06-01,2018-06-01,2016-06-01'.`,
    );
  }
}

function meetFault({ overrides }: CloudState): void {
  const fault = overrides.nextFault();
  if (fault === 'throttle') throw throttled(overrides.current.retryAfterSeconds);
  if (fault !== undefined) throw failure(fault);
}
