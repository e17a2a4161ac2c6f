import type { AwsSsoIntegration } from '../../../models/integration.ts';
import { Problem } from '../../../models/problem.ts';
import { isAccessPortal, regionOfStartUrl, withoutFragment } from '../../../models/start-url.ts';
import { isLoopback } from '../../../models/url.ts';
import { askOnce, type ShortAnswer } from '../../network/ask-once.ts';
import type { Network } from '../../network/network.ts';
import { routeTo } from '../../network/route.ts';
import { regionsOf } from './regions.ts';
import { unreachable } from '../../network/sdk-error.ts';

/** How long a company's host may take to answer, in milliseconds; the AWS CLI waits as long. */
const patience = 10_000;

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The access portal that the start URL of an integration leads to, as the AWS CLI v2 finds it
 * (`awscli/customizations/sso/resolve.py`): AWS's own address counts; a company's host is asked once
 * (HEAD, and GET where it refuses that) where it redirects to. Nothing is sent along. Throws Problem
 * 'cloud-refused' for a host that leads elsewhere than to AWS, or to another region than the
 * integration's; 'cloud-unreachable'; the signal's reason.
 */
export async function resolveStartUrl(
  network: Network,
  integration: AwsSsoIntegration,
  signal: AbortSignal,
): Promise<string> {
  const { startUrl } = integration;
  const regions = regionsOf(integration);
  const isPortal = portalTest(network);
  if (isPortal(startUrl)) return startUrl;
  const refused = (detail: string) =>
    new Problem('cloud-refused', {
      detail: `The start URL of integration ${integration.name} ${detail}`,
      next: `Enter the address of the AWS access portal: stint integration edit ${integration.integrationId} --start-url URL`,
    });
  const { status, location } = await ask(network, integration, signal);
  if (!redirects.has(status)) {
    throw refused(
      status < 400
        ? 'is not an AWS access portal and does not redirect to one.'
        : `does not lead to an AWS access portal: it answers HTTP ${status}.`,
    );
  }
  const target = URL.parse(location ?? '', startUrl);
  if (location === undefined || target === null) throw refused('redirects to nowhere.');
  // Without what a host may have added for itself, as the AWS CLI does.
  target.search = '';
  target.username = '';
  target.password = '';
  const portal = withoutFragment(target.href).replace(/\/+$/, '');
  if (!isPortal(portal)) {
    throw refused(`redirects to ${target.origin}, which is not an AWS access portal.`);
  }
  const itsRegion = regionOfStartUrl(portal);
  if (itsRegion !== undefined && !regions.includes(itsRegion)) {
    throw new Problem('cloud-refused', {
      detail: `The start URL of integration ${integration.name} leads to an access portal in ${itsRegion}, and the integration is in ${regions.join(' and ')}.`,
      next: `Correct it: stint integration edit ${integration.integrationId} --region ${itsRegion}`,
    });
  }
  return portal;
}

/** A private cloud's portal is at the endpoint of the settings. */
function portalTest({ settings }: Network): (url: string) => boolean {
  const { awsSsoOidcEndpointUrl, awsEndpointUrl } = settings();
  const own = awsSsoOidcEndpointUrl ?? awsEndpointUrl;
  return (url) =>
    isAccessPortal(url) || (own !== undefined && new URL(url).origin === new URL(own).origin);
}

async function ask(
  network: Network,
  { startUrl, name }: AwsSsoIntegration,
  signal: AbortSignal,
): Promise<ShortAnswer> {
  if (new URL(startUrl).protocol !== 'https:' && !isLoopback(startUrl)) {
    throw new Problem('cloud-refused', {
      detail: `The start URL of integration ${name} is not an https URL.`,
      next: 'Enter one with https.',
    });
  }
  const route = routeTo(startUrl, network.settings(), network.proxies);
  try {
    const answer = await askOnce(startUrl, { method: 'HEAD', route, patience, signal });
    if (answer.status !== 405 && answer.status !== 501) return answer;
    return await askOnce(startUrl, { method: 'GET', route, patience, signal });
  } catch (error) {
    signal.throwIfAborted();
    const service = `The start URL at ${new URL(startUrl).host}`;
    throw unreachable(error, { service, about: `integration ${name}` }) ?? error;
  } finally {
    route.close();
  }
}
