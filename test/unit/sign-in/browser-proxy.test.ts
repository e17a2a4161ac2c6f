import { expect, it } from 'vitest';
import { browserProxy } from '../../../src/services/sign-in/browser-proxy.ts';

const thisMachine = '<-loopback>,localhost,*.localhost,127.0.0.0/8,[::1]';

it('a sign-in browser has no proxy if there is none', () => {
  expect(browserProxy({}, {})).toBeUndefined();
  expect(browserProxy({ httpProxy: 'http://proxy.example:1' }, {})).toBeUndefined();
});

it('a sign-in browser uses the proxy of the settings, else that of the environment', () => {
  const proxies = { https: 'http://anna:p%40ss@other.example:3128' };
  expect(browserProxy({ httpsProxy: 'http://proxy.example:3128' }, proxies)).toEqual({
    server: 'http://proxy.example:3128',
    bypass: thisMachine,
  });
  expect(browserProxy({}, proxies)).toEqual({
    server: 'http://other.example:3128',
    bypass: thisMachine,
    username: 'anna',
    password: 'p@ss',
  });
});

it('a setting names the proxy, and the environment adds its name and password', () => {
  const proxies = { https: 'http://anna:p%40ss@proxy.example:3128' };
  expect(browserProxy({ httpsProxy: 'http://proxy.example:3128' }, proxies)).toMatchObject({
    username: 'anna',
    password: 'p@ss',
  });
});

it.each([
  ['corp.example', 'corp.example,*.corp.example'],
  ['.corp.example:8443', 'corp.example:8443,*.corp.example:8443'],
  ['10.1.2.3', '10.1.2.3'],
  ['10.0.0.0/8 fd00::/8', '10.0.0.0/8,fd00::/8'],
  ['::1', '[::1]'],
  ['[fd12::1]:81', '[fd12::1]:81'],
  ['*', '*'],
])('NO_PROXY %s is %s for Chromium', (noProxy, rules) => {
  expect(browserProxy({ httpsProxy: 'http://proxy.example:1', noProxy }, {})?.bypass).toBe(
    `${thisMachine},${rules}`,
  );
});
