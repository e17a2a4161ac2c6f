import { z } from 'zod';

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

/** Whether nobody on the way can read what is sent to a URL: https, or this machine itself. */
export function isHttpsOrLoopback(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:' || isLoopback(address);
}

export const httpUrlSchema = z.url({ protocol: /^https?$/ });

/** Azure's libraries accept no other. */
export const httpsUrlSchema = z.url({ protocol: /^https$/, error: 'must be an https URL' });

export const httpsOrLoopbackUrlSchema = httpUrlSchema.refine(isHttpsOrLoopback, {
  error: 'must be an https URL; http works for this machine only',
});

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
