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

/**
 * The start URL without the fragment that the portal's page adds when it is copied from a browser
 * (`#/`, or `\#/` where a shell escaped it): Identity Center does not know it with one.
 */
export function withoutFragment(startUrl: string): string {
  return startUrl.trim().replace(/\/?\\?#.*$/, '');
}

/** The region that the host of a start URL names; undefined where it names none. */
export function regionOfStartUrl(startUrl: string): string | undefined {
  const [, host = ''] = /^https:\/\/([^/?#:]+)/i.exec(startUrl) ?? [];
  const plain = host.toLowerCase().replace(/\.$/, '');
  for (const pattern of regionalHosts) {
    const [, region] = pattern.exec(plain) ?? [];
    if (region !== undefined) return region;
  }
  return undefined;
}
