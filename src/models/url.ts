import * as z from 'zod';

/** As much of the URL Standard as is used here; models know neither Node's types nor the DOM's. */
interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly username: string;
  readonly password: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}
declare const URL: { parse(address: string): Address | null };

const loopbackHost = /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/;

/** Whether a URL leads to this machine over http or https, as that of a practice cloud does. */
export function isLoopback(address: string): boolean {
  const url = URL.parse(address);
  return (
    (url?.protocol === 'http:' || url?.protocol === 'https:') && loopbackHost.test(url.hostname)
  );
}

/**
 * The host of an https URL without a user name or password, in lower case and without the dot of the
 * root; '' for any other. Parsed as browsers do, who take `https://evil.example\.aws/` to evil.example.
 */
export function httpsHost(address: string): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || `${url.username}${url.password}` !== '') return '';
  return url.hostname.replace(/\.$/, '');
}

/** Whether nobody on the way can read what is sent to a URL: https, or this machine itself. */
export function isHttpsOrLoopback(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:' || isLoopback(address);
}

/** The longest URL that is taken, in characters. */
const longestUrl = 2048;

export const httpUrlSchema = z.url({ protocol: /^https?$/ }).max(longestUrl);

/** Azure's libraries accept no other. */
export const httpsUrlSchema = z
  .url({ protocol: /^https$/, error: 'must be an https URL' })
  .max(longestUrl);

export const httpsOrLoopbackUrlSchema = httpUrlSchema.refine(isHttpsOrLoopback, {
  error: 'must be an https URL; http works for this machine only',
});

/**
 * An endpoint of AWS's services elsewhere, as `endpoint_url` in an AWS file can hold it: a name and
 * password in it would be a secret in the workspace.
 */
export const awsEndpointUrlSchema = httpUrlSchema.refine(
  (address) => {
    const { username = '', password = '', search = '', hash = '' } = URL.parse(address) ?? {};
    return `${username}${password}${search}${hash}` === '' && /^[\x21-\x7e]+$/.test(address);
  },
  { error: 'must be a URL without a user name, password, query or fragment' },
);

/** Where people of an Azure cloud sign in: scheme and host alone. */
export const httpsOriginSchema = httpsUrlSchema.refine(
  (address) => {
    const url = URL.parse(address);
    if (url === null) return true;
    const { username, password, pathname, search, hash } = url;
    return `${username}${password}${search}${hash}` === '' && pathname === '/';
  },
  { error: 'must be a URL without a path, such as https://login.microsoftonline.us' },
);

/** The workspace holds no secret, and a proxy's password is one. */
export const proxyUrlSchema = httpUrlSchema.refine(
  (address) => {
    const { username = '', password = '' } = URL.parse(address) ?? {};
    return username === '' && password === '';
  },
  {
    error:
      'must not contain a user name or password; set HTTPS_PROXY in the environment of the agent instead',
  },
);
