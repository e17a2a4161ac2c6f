import {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  systemPreferences,
  Tray,
} from 'electron/main';
import { nativeImage, shell } from 'electron/common';
import { join } from 'node:path';
import { takeEnvironment } from '../src/agent/environment.ts';
import { releaseSource } from '../src/agent/release-source.ts';
import type { HelpLinks } from '../src/models/help-links.ts';
import { resolveHome } from '../src/services/files/home.ts';
import { createKeychain } from '../src/services/vault/keychain.ts';
import { runDesktop } from './desktop.ts';
import { explain } from './explain.ts';
import { trustExtraCertificates } from './extra-certificates.ts';
import { hiddenFlag } from './login/login-item.ts';
import { carriedNode, carriedPrograms } from './owner/carried-node.ts';
import { connectToOwner } from './owner/connect.ts';
import type { Runtime } from './runtime.ts';
import { createWindowSignIn } from './sign-in/saml-window.ts';
import { iconsIn } from './window/icons.ts';

/*
 * The composition root of the desktop app's main process. Everything runs before the runtime is
 * ready, until runDesktop waits for it.
 */

const runtime: Runtime = {
  app,
  BrowserWindow,
  clipboard: {
    clear: () => {
      clipboard.clear();
    },
    readText: () => clipboard.readText(),
    write: (formats) => clipboard.write([new ClipboardItem({ ...formats })]),
  },
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
};
const here = import.meta.dirname;

/** From `homepage` and `bugs` in package.json, inserted by the build as JSON. */
declare const STINT_HELP: string;

try {
  const notice = trustExtraCertificates(process.env);
  const node = carriedNode({
    packaged: app.isPackaged,
    resources: process.resourcesPath,
    platform: process.platform,
    env: process.env,
  });
  const programs = carriedPrograms({
    packaged: app.isPackaged,
    resources: process.resourcesPath,
    here,
  });
  // Removes the passphrase from the environment before a child process could see it.
  const environment = takeEnvironment(process.env);
  const home = resolveHome(process.env);
  const windowFolder = join(programs, 'window');
  const keychain = createKeychain({ child: [node, join(programs, 'keychain-child.cjs')] });
  const icons = iconsIn(join(here, 'icons'));
  const signIn = createWindowSignIn(runtime, {
    folder: join(home, 'desktop', 'sign-ins'),
    icon: icons.window,
  });
  void runDesktop(runtime, {
    home,
    platform: process.platform,
    preload: join(here, 'preload.cjs'),
    icons,
    help: JSON.parse(STINT_HELP) as HelpLinks,
    connectToOwner: () =>
      connectToOwner({
        home,
        environment,
        keychain,
        credentialCommand: [node, join(programs, 'stint.cjs'), 'credentials'],
        windowFolder,
        releases: releaseSource(programs),
        createSignIn: (clock, proxy) => signIn.of(clock, proxy),
      }),
    isSignInPage: (contentsId) => signIn.owns(contentsId),
    notice,
    args: process.argv.slice(1),
    startHidden: process.argv.includes(hiddenFlag),
    login: { env: process.env, program: process.execPath },
  }).catch(failed);
} catch (error) {
  failed(error);
}

function failed(error: unknown): void {
  dialog.showErrorBox('Stint cannot start', explain(error));
  app.exit(1);
}
