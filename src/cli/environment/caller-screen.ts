import { screenSchema, screenVariables } from '../../models/screen.ts';

/**
 * The screen at which the command was typed, for windows that its start opens: the agent may have been
 * started without one. Undefined if there is none, or one that Stint does not understand.
 */
export function callerScreen(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Partial<Record<(typeof screenVariables)[number], string>> | undefined {
  if (platform === 'darwin' || platform === 'win32') return undefined;
  const set = screenVariables.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const screen: Partial<Record<(typeof screenVariables)[number], string>> =
    Object.fromEntries<string>(set);
  return screenSchema.safeParse(screen).success ? screen : undefined;
}
