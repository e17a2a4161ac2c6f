import { expect, it } from 'vitest';
import { checkScreen } from '../../../src/cli/doctor/owner.ts';
import { callerScreen } from '../../../src/cli/environment/caller-screen.ts';

const desktop = {
  DISPLAY: ':0',
  XAUTHORITY: '/home/anna/.Xauthority',
  XDG_RUNTIME_DIR: '/run/user/1000',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
};

it('sends the variables of a screen and no others', () => {
  expect(callerScreen({ ...desktop, PATH: '/bin', WAYLAND_DISPLAY: '' }, 'linux')).toEqual(desktop);
  expect(callerScreen({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual({
    WAYLAND_DISPLAY: 'wayland-0',
  });
  expect(callerScreen({ DISPLAY: 'localhost:10.0' }, 'linux')).toEqual({
    DISPLAY: 'localhost:10.0',
  });
});

it.each([
  [{}],
  [{ XDG_RUNTIME_DIR: '/run/user/1000' }],
  [{ DISPLAY: 'not a display' }],
  [{ DISPLAY: ':0', XAUTHORITY: 'relative' }],
  [{ DISPLAY: ':0', DBUS_SESSION_BUS_ADDRESS: 'tcp:host=elsewhere,port=1' }],
])('sends nothing for what is not a whole screen: %o', (env) => {
  expect(callerScreen(env, 'linux')).toBeUndefined();
});

it('sends nothing on macOS and Windows, which have one screen', () => {
  expect(callerScreen(desktop, 'darwin')).toBeUndefined();
  expect(callerScreen(desktop, 'win32')).toBeUndefined();
});

it('doctor names an agent without a screen where this shell has one', () => {
  const [finding] = checkScreen(false, desktop);
  expect(finding).toMatchObject({ level: 'hint' });
  expect(finding?.what).toContain('The agent was started without a screen, and this shell has :0.');
  expect(checkScreen(true, desktop)).toEqual([]);
  expect(checkScreen(false, {})).toEqual([]);
});
