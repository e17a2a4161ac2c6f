import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bypassesProxy } from '../../../src/services/network/no-proxy.ts';

const run = promisify(execFile);

/** A list, and URLs that go past the proxy with it or through it. */
const table: readonly {
  readonly noProxy: string | undefined;
  readonly past?: readonly string[];
  readonly through?: readonly string[];
}[] = [
  { noProxy: undefined, through: ['https://sts.corp.example'] },
  { noProxy: '', through: ['https://sts.corp.example'] },
  { noProxy: ' , ,', through: ['https://sts.corp.example'] },
  { noProxy: '*', past: ['https://sts.corp.example', 'http://10.1.2.3', 'http://[::1]:81'] },
  ...['corp.example', '.corp.example', '*.corp.example', 'CORP.Example', 'corp.example.'].map(
    (noProxy) => ({
      noProxy,
      past: ['https://corp.example', 'https://sts.corp.example', 'https://a.b.corp.example:8443'],
      through: ['https://notcorp.example', 'https://corp.example.org', 'https://example'],
    }),
  ),
  {
    noProxy: 'corp.example',
    past: ['https://STS.corp.example', 'https://sts.corp.example./x?y#z'],
  },
  ...['a.example,corp.example', 'a.example , corp.example', 'a.example corp.example'].map(
    (noProxy) => ({
      noProxy,
      past: ['https://a.example', 'https://sts.corp.example'],
      through: ['https://b.example'],
    }),
  ),
  {
    noProxy: 'corp.example:8443',
    past: ['https://corp.example:8443', 'https://sts.corp.example:8443'],
    through: ['https://corp.example', 'http://corp.example:8444'],
  },
  {
    noProxy: 'corp.example:443,plain.example:80',
    past: ['https://corp.example', 'http://plain.example'],
    through: ['http://corp.example', 'https://plain.example'],
  },
  {
    noProxy: '10.1.2.3',
    past: ['https://10.1.2.3', 'http://10.1.2.3:8080'],
    through: ['https://10.1.2.4', 'https://110.1.2.3', 'https://x.10.1.2.3.example'],
  },
  {
    noProxy: '10.0.0.0/8,192.168.7.0/24',
    past: ['https://10.255.0.1', 'http://192.168.7.200:81'],
    through: ['https://11.0.0.1', 'https://192.168.8.1', 'https://10.example'],
  },
  { noProxy: '10.0.0.0/33,10.0.0.0/x', through: ['https://10.0.0.1'] },
  ...['::1', '[::1]', '0:0:0:0:0:0:0:1'].map((noProxy) => ({
    noProxy,
    past: ['http://[::1]', 'http://[0:0::1]:81'],
    through: ['http://[::2]', 'http://127.0.0.1'],
  })),
  { noProxy: '[::1]:81', past: ['http://[::1]:81'], through: ['http://[::1]:82'] },
  { noProxy: 'fd00::/8', past: ['https://[fd12:3456::1]'], through: ['https://[fe80::1]'] },
  // An address has no domains: the end of one is none.
  { noProxy: '2.3,.2.3', through: ['https://10.1.2.3'] },
  { noProxy: 'localhost', past: ['http://localhost:81'], through: ['http://127.0.0.1'] },
];

describe('the hosts that NO_PROXY excepts', () => {
  for (const { noProxy, past = [], through = [] } of table) {
    it(`are read from ${noProxy === undefined ? 'nothing' : `"${noProxy}"`}`, () => {
      const decided = (urls: readonly string[]) =>
        Object.fromEntries(urls.map((url) => [url, bypassesProxy(noProxy, url)]));
      expect(decided(past)).toEqual(Object.fromEntries(past.map((url) => [url, true])));
      expect(decided(through)).toEqual(Object.fromEntries(through.map((url) => [url, false])));
    });
  }
});

/** Lists and URLs in the forms that a reader documents; every pair is asked. */
const hosts = ['corp.example', 'sts.corp.example', 'notcorp.example', '10.1.2.3', '10.9.9.9'];
const domainsAndAddresses = [
  'corp.example',
  '.corp.example',
  'CORP.example',
  'sts.corp.example,10.1.2.3',
  'other.example, corp.example',
  '10.1.2.3',
  '10.0.0.0/8',
  '10.1.0.0/16,notcorp.example',
  '*',
  'example',
  'localhost,127.0.0.1',
];

describe('other programs decide the same', () => {
  it('requests for Python', async () => {
    const urls = [...hosts, ...hosts.map((host) => `${host}:8443`)].map(
      (host) => `http://${host}/`,
    );
    const lists = [...domainsAndAddresses, 'corp.example:8443', 'sts.corp.example:80'].filter(
      // Python knows no usual ports.
      (list) => !list.endsWith(':80'),
    );
    const program = `
import json, sys
from requests.utils import should_bypass_proxies
urls, lists = json.load(sys.stdin)
json.dump([[should_bypass_proxies(u, l) for u in urls] for l in lists], sys.stdout)`;
    const asked = run('python3', ['-c', program], { env: { PATH: process.env['PATH'] } });
    asked.child.stdin?.end(JSON.stringify([urls, lists]));
    const { stdout } = await asked;
    const ours = lists.map((list) => urls.map((url) => bypassesProxy(list, url)));
    expect(ours).toEqual(JSON.parse(stdout));
    expect(ours.flat()).toContain(true);
    expect(ours.flat()).toContain(false);
  });

  it('curl', async () => {
    // No networks of IPv6: curl before version 8 compares its addresses as text.
    const lists = [...domainsAndAddresses, 'corp.example.', '::1'];
    const urls = [...hosts, '[::1]', '[fd12::1]', '[fe80::1]'].map((host) => `http://${host}/`);
    const proxy = createServer((_, response) => response.end());
    // A request that goes past the proxy is sent there as CONNECT to nobody.
    proxy.on('connect', (_, socket) => socket.end('HTTP/1.1 403 No\r\n\r\n'));
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const calls = lists.flatMap((list) => urls.map((url) => ({ list, url })));
    const { stdout } = await run(
      'curl',
      calls.flatMap(({ list, url }, index) => [
        ...(index === 0 ? [] : ['--next']),
        ...['--silent', '--globoff', '--proxy', `http://127.0.0.1:${port}`, '--noproxy', list],
        // Where it goes directly, nobody listens.
        ...['--connect-to', '::127.0.0.1:1', '--write-out', '%{http_connect}\n', url],
      ]),
      { env: { PATH: process.env['PATH'] } },
    ).catch((error: unknown) => error as { readonly stdout: string });
    proxy.close();
    const past = stdout
      .trim()
      .split('\n')
      .map((status) => status === '000');
    expect(past).toHaveLength(calls.length);
    const pairs = (decisions: readonly boolean[]) =>
      calls.map(({ list, url }, index) => `${list} ${url} ${decisions[index]}`);
    expect(pairs(calls.map(({ list, url }) => bypassesProxy(list, url)))).toEqual(pairs(past));
    expect(past).toContain(true);
    expect(past).toContain(false);
  });
});
