/** The name by which launchd knows the agent. */
export const launchAgentLabel = 'stint.agent';

/**
 * The file by which a system runs the agent at login: a systemd user unit (systemd.unit(5), "Unit Load
 * Path") or a launchd agent (launchd(8), "FILES"). Undefined for a system on which Stint knows no way.
 * `configHome`: XDG_CONFIG_HOME.
 */
export function serviceFileOf(
  platform: string,
  { home, configHome }: { readonly home: string; readonly configHome: string | undefined },
): string | undefined {
  if (platform === 'linux') return `${configHome || `${home}/.config`}/systemd/user/stint.service`;
  if (platform === 'darwin') return `${home}/Library/LaunchAgents/${launchAgentLabel}.plist`;
  return undefined;
}
