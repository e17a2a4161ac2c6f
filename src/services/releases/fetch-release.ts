import { Problem } from '../../models/problem.ts';
import { releaseSchema, type Release, type ReleaseFeed } from '../../models/release.ts';
import { askOnce } from '../network/ask-once.ts';
import { exchange } from '../network/exchange.ts';
import type { Network } from '../network/network.ts';
import { routeTo } from '../network/route.ts';
import { unreachable } from '../network/sdk-error.ts';
import { verifyMinisign } from './minisign.ts';

const about = { service: 'The feed of releases', about: 'newer releases' };

/** Pages for downloads send on to where their files are. */
const mostRedirects = 5;

/** In milliseconds. */
const patience = 10_000;

/**
 * Reads what is published about the latest release and checks its signature, which is at the same
 * address with `.minisig`. Throws Problem 'release-untrusted', 'cloud-unreachable', 'file-unreadable'.
 */
export async function fetchRelease(
  { address, publicKey }: ReleaseFeed,
  network: Network,
  signal: AbortSignal,
): Promise<Release> {
  const [content, signature] = await Promise.all([
    read(address, network, signal),
    read(`${address}.minisig`, network, signal),
  ]);
  try {
    verifyMinisign(content, signature.toString('utf8'), publicKey);
  } catch (error) {
    throw untrusted(address, (error as Error).message);
  }
  const { success, data } = releaseSchema.safeParse(parsed(content));
  if (!success) throw untrusted(address, 'it is not a release of Stint');
  return data;
}

export function untrusted(address: string, why: string): Problem {
  return new Problem('release-untrusted', {
    detail: `What ${address} says about releases cannot be trusted: ${why}.`,
    next: 'Install nothing from there. If it stays like this, report it to the makers of Stint.',
  });
}

async function read(address: string, network: Network, signal: AbortSignal): Promise<Buffer> {
  let url = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const route = routeTo(url, network.settings(), network.proxies);
    try {
      const { status, location } = await askOnce(url, { method: 'GET', route, patience, signal });
      const next = status >= 300 && status < 400 ? URL.parse(location ?? '', url) : null;
      if (next !== null) {
        if (next.protocol !== new URL(address).protocol) break;
        url = next.href;
        continue;
      }
      const { host } = new URL(url);
      const answer = await exchange(
        { url: new URL(url), method: 'GET', headers: {} },
        { route, serverTime: network.times.of(`releases ${host}`), signal },
      );
      if (answer.status === 200) return answer.body;
      throw new Problem('cloud-unreachable', {
        detail: `${host} did not give what is published about releases (HTTP ${answer.status}).`,
        next: 'Try again later: stint version --check',
      });
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(error, about) ?? error;
    } finally {
      route.close();
    }
  }
  throw untrusted(address, 'it redirects too often, or to an unencrypted address');
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}
