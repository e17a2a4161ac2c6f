import { expect, it } from 'vitest';
import { openerOf } from '../../../src/cli/browser/open-in-browser.ts';

it.each([
  ['darwin', {}, 'open'],
  ['win32', {}, 'rundll32'],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['linux', { BROWSER: 'firefox' }, 'xdg-open'],
  ['linux', { DISPLAY: '' }, undefined],
] as const)('a browser is opened on %s with %j by %s', (platform, env, program) => {
  expect(openerOf(platform, env)?.[0]).toBe(program);
});
