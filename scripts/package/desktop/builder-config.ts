import type { Configuration } from 'electron-builder';
import { join } from 'node:path';
import { fuses } from '../../../electron/fuses.ts';
import { exportExtension } from '../../../electron/opened/opened.ts';
import { appScheme } from '../../../electron/scheme/address.ts';
import { root } from '../../programs.ts';

export interface DesktopParts {
  /** The folder with command, agent and window that is carried along: they run on a Node of their own. */
  readonly program: string;
  /** The folder with that Node. */
  readonly node: string;
  readonly out: string;
  readonly electronVersion: string;
  readonly author: string;
}

/** What `app.setAppUserModelId`, keychain and package managers know the app by. */
export const appId = 'stint.desktop';

/** electron-builder sets all that it knows; of the others Electron's default is right. */
const { wasmTrapHandlers: _default, ...knownFuses } = fuses;

/**
 * How electron-builder packs the desktop app (electron.build, "Common configuration"). The archive holds
 * main process, preload and icons alone. What plain Node runs is beside it: Node reads no archive.
 */
export function builderConfig(parts: DesktopParts): Configuration {
  return {
    appId,
    productName: 'Stint',
    copyright: `Copyright © ${parts.author}`,
    directories: { app: root, output: parts.out },
    electronVersion: parts.electronVersion,
    extraMetadata: { main: 'dist/electron/main.cjs' },
    files: ['package.json', 'dist/electron/**/*', '!**/*.map', '!node_modules/**/*'],
    extraResources: [
      { from: parts.program, to: 'program' },
      // electron-builder takes a folder of this name only where it is named.
      { from: join(parts.program, 'node_modules'), to: 'program/node_modules' },
      { from: parts.node, to: 'node' },
    ],
    asar: true,
    protocols: [{ name: 'Stint', schemes: [appScheme] }],
    fileAssociations: [
      {
        ext: exportExtension,
        name: 'Stint export',
        mimeType: 'application/x-stint',
        role: 'Viewer',
      },
    ],
    electronFuses: { ...knownFuses, resetAdHocDarwinSignature: true },
    // Everything native is in `program`, built already.
    npmRebuild: false,
    // The workflow publishes, after it has signed and listed everything.
    publish: null,
    artifactName: '${name}-desktop-${version}-${os}-${arch}.${ext}',
    icon: 'electron/icons/stint.png',
    linux: {
      target: ['AppImage', 'deb', 'rpm'],
      category: 'Development',
      synopsis: 'Cloud credential sessions for AWS and Azure',
      maintainer: parts.author,
      executableName: 'stint-desktop',
    },
    // The command's own package is named stint.
    deb: { packageName: 'stint-desktop', recommends: ['libsecret-1-0', 'dbus'] },
    rpm: { packageName: 'stint-desktop' },
    mac: {
      target: [{ target: 'dmg', arch: ['universal'] }],
      category: 'public.app-category.developer-tools',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'scripts/package/desktop/entitlements.plist',
      entitlementsInherit: 'scripts/package/desktop/entitlements.plist',
      notarize: true,
      // Carried along for both processors already.
      x64ArchFiles: 'Contents/Resources/{node,program}/**',
    },
    win: { target: [{ target: 'nsis', arch: ['x64'] }] },
    nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },
  };
}
