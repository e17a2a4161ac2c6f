import { callSessionBus, type BusCall } from '../../src/services/dbus/call-session-bus.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const property = 'IsStatusNotifierHostRegistered';

const readHost: BusCall = {
  service: watcher,
  path: '/StatusNotifierWatcher',
  method: 'org.freedesktop.DBus.Properties.Get',
  gdbus: [watcher, property],
  dbusSend: [`string:${watcher}`, `string:${property}`],
};

/**
 * Whether a tray icon is visible. Electron cannot tell; on Linux it is if the StatusNotifierWatcher on the
 * session bus has a host, which draws the icons (freedesktop.org, StatusNotifierItem): a desktop may run
 * the watcher although none of its panels shows a tray. False if unknown.
 */
export async function trayIsVisible(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<boolean> {
  if (platform !== 'linux') return true;
  const answer = await callSessionBus(readHost, env);
  return answer !== undefined && /\btrue\b/.test(answer);
}
