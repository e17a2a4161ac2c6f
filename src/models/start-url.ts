import { httpsHost } from './url.ts';

/*
 * Addresses of AWS access portals, as the AWS CLI v2 reads them (`awscli/customizations/sso/resolve.py`
 * since 2.35.13) and the AWS SDK for .NET (`SSOEndpointResolver`).
 */

/** The hosts that name the region of their Identity Center instance. */
const regionalHosts: readonly RegExp[] = [
  /^[^.]+\.portal\.([a-z0-9-]+)\.(app\.aws|app\.amazonwebservices\.com\.cn|api\.amazonwebservices\.eu)$/,
  /^[^.]+\.([a-z0-9-]+)\.portal\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu)$/,
  /^start\.([a-z]+-gov-[a-z0-9-]+)\.us-gov-home\.awsapps\.com$/,
  /^start\.(cn-[a-z0-9-]+)\.home\.awsapps\.cn$/,
];

/** Domains of AWS, under which every host is an access portal's. */
const portalDomains: readonly string[] = [
  'app.aws',
  'awsapps.com',
  'awsapps.cn',
  'portal.amazonaws.com',
  'portal.amazonaws.com.cn',
  'portal.amazonaws.eu',
  'app.amazonwebservices.com.cn',
  'api.amazonwebservices.eu',
];

/** Hosts whose path names the instance, such as `/ssoins-72238f444baccc75`. */
const instanceHosts: readonly string[] = [
  'identitycenter.amazonaws.com',
  'identitycenter.amazonaws.com.cn',
  'identitycenter.amazonaws.eu',
  'identitycenter.us-gov.amazonaws.com',
];

/**
 * Whether a start URL is AWS's own address of an access portal, over https; any other is a company's,
 * which leads to one of these.
 */
export function isAccessPortal(startUrl: string): boolean {
  const host = httpsHost(startUrl);
  return (
    instanceHosts.includes(host) ||
    portalDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))
  );
}

/**
 * The start URL without the fragment that the portal's page adds when it is copied from a browser
 * (`#/`, or `\#/` where a shell escaped it): Identity Center does not know it with one.
 */
export function withoutFragment(startUrl: string): string {
  return startUrl.trim().replace(/\/?\\?#.*$/, '');
}

/** The region that the host of a start URL names; undefined where it names none. */
export function regionOfStartUrl(startUrl: string): string | undefined {
  const host = httpsHost(startUrl);
  for (const pattern of regionalHosts) {
    const [, region] = pattern.exec(host) ?? [];
    if (region !== undefined) return region;
  }
  return undefined;
}
