import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { AppShell } from '../runtime.ts';

/** With it the app starts in the tray, without a window. */
export const hiddenFlag = '--hidden';

export interface LoginItemParts {
  readonly app: Pick<AppShell, 'isPackaged' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The program that starts. */
  readonly program: string;
}

/**
 * Starts the app when the person logs in to the machine, or no longer. Only an installed app: the runtime
 * of a checkout would start without Stint. Linux has no API for it; there it is a file for the desktop
 * (freedesktop.org, "Desktop Application Autostart Specification"). Throws where that cannot be written.
 */
export async function setOpenAtLogin(open: boolean, parts: LoginItemParts): Promise<void> {
  const { app, platform, env, program } = parts;
  if (!app.isPackaged) return;
  if (platform !== 'linux') {
    app.setLoginItemSettings({
      openAtLogin: open,
      ...(platform === 'win32' ? { args: [hiddenFlag] } : {}),
    });
    return;
  }
  const file = join(configFolder(env), 'autostart', 'stint-desktop.desktop');
  if (!open) {
    await rm(file, { force: true });
    return;
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // An AppImage is mounted somewhere else each time; this variable names its file.
  await writeFile(file, autostartEntry(env['APPIMAGE'] ?? program));
}

/** An entry that starts this program hidden (freedesktop.org, "Desktop Entry Specification", Exec). */
export function autostartEntry(program: string): string {
  // A string of the file first, then an argument in quotes; `%` begins a field code.
  const argument = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  const exec = `"${argument}" ${hiddenFlag}`.replaceAll('\\', String.raw`\\`);
  return `[Desktop Entry]\nType=Application\nName=Stint\nExec=${exec}\nTerminal=false\n`;
}

/** XDG Base Directory Specification: a relative path does not count. */
function configFolder(env: NodeJS.ProcessEnv): string {
  const configured = env['XDG_CONFIG_HOME'] ?? '';
  return isAbsolute(configured) ? configured : join(env['HOME'] ?? homedir(), '.config');
}
