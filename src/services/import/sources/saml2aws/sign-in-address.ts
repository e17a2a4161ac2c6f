/**
 * Where the sign-in to AWS begins in a browser. For most providers saml2aws itself is given that address; for these
 * it is put together (saml2aws, pkg/provider/adfs and aad). Undefined where saml2aws needs more than a browser has.
 */
export function signInAddress(account: {
  readonly provider: string;
  readonly url: string;
  readonly appId: string | undefined;
  readonly urn: string | undefined;
}): string {
  const base = account.url.replace(/\/+$/, '');
  const urn = encodeURIComponent(account.urn ?? 'urn:amazon:webservices');
  switch (account.provider.toLowerCase()) {
    case 'adfs':
    case 'adfs2':
      return `${base}/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=${urn}`;
    case 'azuread': {
      const id = encodeURIComponent(account.appId ?? '');
      return `${base}/applications/redirecttofederatedapplication.aspx?Operation=LinkedSignIn&applicationId=${id}`;
    }
    default:
      return account.url;
  }
}
