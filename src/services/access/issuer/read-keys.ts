import { createLocalJWKSet, type LocalJWKSet } from 'jose';
import * as z from 'zod';
import { Problem } from '../../../models/problem.ts';
import { isHttpsOrLoopback } from '../../../models/url.ts';
import { exchange } from '../../network/exchange.ts';
import type { Network } from '../../network/network.ts';
import { cleanText } from '../../network/provider-text.ts';
import { routeTo } from '../../network/route.ts';
import { longestMessage, unreachable } from '../../network/sdk-error.ts';

/** How long both answers together may take, in milliseconds: a request waits for them. */
const patience = 10_000;

/** OpenID Connect Discovery 1.0 §3, as much of it as is used. */
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** RFC 7517 §5. A key that is not understood is ignored. */
const keysSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

/**
 * The keys with which an issuer signs, found by its discovery document. Throws Problem
 * 'access-unavailable' where it cannot be reached, says something else or names another issuer; and the
 * signal's reason.
 */
export async function readIssuerKeys(
  issuer: string,
  network: Network,
  signal: AbortSignal,
): Promise<LocalJWKSet> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const get = (url: string) => getJson(url, { issuer, network, signal: limit });
  try {
    // §4.1: a slash at the end of the issuer is not doubled.
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const found = discoverySchema.safeParse(await get(address));
    if (!found.success) throw unavailable(issuer, `${address} is not a discovery document`);
    // §4.3: otherwise somebody could pass off another issuer's keys.
    if (found.data.issuer !== issuer) {
      throw unavailable(issuer, `${address} is of another issuer, ${found.data.issuer}`);
    }
    const { jwks_uri: keysUrl } = found.data;
    if (!isHttpsOrLoopback(keysUrl)) {
      throw unavailable(issuer, 'its jwks_uri must be an https URL');
    }
    const keys = keysSchema.safeParse(await get(keysUrl));
    if (!keys.success) throw unavailable(issuer, `${keysUrl} is not a key set`);
    return createLocalJWKSet(keys.data);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** By the settings' proxy and certificates. Its `Date` sets the time by which its tokens expire. */
async function getJson(
  url: string,
  {
    issuer,
    network,
    signal,
  }: { readonly issuer: string; readonly network: Network; readonly signal: AbortSignal },
): Promise<unknown> {
  const { host } = new URL(url);
  const route = routeTo(url, network.settings(), network.proxies);
  try {
    const { status, body } = await exchange(
      { url: new URL(url), method: 'GET', headers: { accept: 'application/json' } },
      { route, serverTime: network.times.of(issuerTime(issuer)), signal },
    );
    if (status !== 200) throw unavailable(issuer, `${url} answered HTTP ${status}`);
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof SyntaxError) throw unavailable(issuer, `${url} is not JSON`);
    const known = unreachable(error, { service: host, about: 'the keys of the trusted issuer' });
    throw known === undefined ? error : unavailable(issuer, known.message.replace(/\.$/, ''));
  } finally {
    route.close();
  }
}

/** By which name the time of an issuer is kept. */
export function issuerTime(issuer: string): string {
  return `issuer ${issuer}`;
}

function unavailable(issuer: string, why: string): Problem {
  return new Problem('access-unavailable', {
    // It may name what the issuer says.
    detail: `Tokens of ${issuer} cannot be checked now: ${cleanText(why, longestMessage) ?? ''}.`,
    next: 'Try again in a moment. Client tokens of Stint itself work meanwhile. `stint doctor` shows more.',
  });
}
