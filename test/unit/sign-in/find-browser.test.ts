import { expect, it } from 'vitest';
import { findBrowser } from '../../../src/services/sign-in/find-browser.ts';

const windows = {
  ProgramFiles: 'C:\\Program Files',
  LocalAppData: 'C:\\Users\\anna\\AppData\\Local',
};
const chromeApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const edge = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe';
const chrome = 'C:\\Users\\anna\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe';

it.each([
  ['linux', { PATH: '/opt/bin:/usr/bin' }, ['/usr/bin/chromium'], '/usr/bin/chromium'],
  [
    'linux',
    { PATH: '/opt/bin' },
    ['/opt/bin/google-chrome', '/usr/bin/chromium'],
    '/opt/bin/google-chrome',
  ],
  ['linux', {}, ['/usr/bin/microsoft-edge'], '/usr/bin/microsoft-edge'],
  ['linux', { PATH: '.:bin' }, ['bin/chromium'], undefined],
  ['linux', { PATH: '/usr/bin' }, [], undefined],
  ['darwin', { HOME: '/Users/anna' }, [chromeApp], chromeApp],
  [
    'darwin',
    { HOME: '/Users/anna' },
    ['/Users/anna/Applications/Chromium.app/Contents/MacOS/Chromium'],
    '/Users/anna/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  ['win32', windows, [edge], edge],
  ['win32', windows, [edge, chrome], edge],
  ['linux', { STINT_BROWSER: '/mine', PATH: '/usr/bin' }, ['/mine', '/usr/bin/chromium'], '/mine'],
  ['linux', { STINT_BROWSER: '/gone', PATH: '/usr/bin' }, ['/usr/bin/chromium'], undefined],
] as const)('on %s with %j and %j finds %s', (platform, env, there, expected) => {
  const exists = (file: string) => there.some((name) => name === file);
  expect(findBrowser({ platform, env, exists })).toBe(expected);
});
