import { join } from 'node:path';

/**
 * The Node program that talks to the keychain. Packages contain their own, since the fuse that would
 * let Electron run as Node is off, and on macOS a keychain item belongs to the program that wrote it.
 * In a checkout it is the Node of `npm start`.
 */
export function carriedNode(where: {
  readonly packaged: boolean;
  readonly resources: string;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}): string {
  const program = where.platform === 'win32' ? 'node.exe' : 'node';
  if (where.packaged) return join(where.resources, 'node', program);
  return where.env['STINT_NODE'] ?? program;
}

/**
 * The folder of what plain Node runs, and of the window. In a package it is beside the archive, which
 * Node does not read; in a checkout, above that of the main process (`here`).
 */
export function carriedPrograms(where: {
  readonly packaged: boolean;
  readonly resources: string;
  readonly here: string;
}): string {
  return where.packaged ? join(where.resources, 'program', 'dist') : join(where.here, '..');
}
