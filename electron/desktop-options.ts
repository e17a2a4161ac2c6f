import type { HelpLinks } from '../src/models/help-links.ts';
import type { LoginItemParts } from './login/login-item.ts';
import type { OwnerConnection } from './owner/owner-connection.ts';
import type { Icons } from './window/icons.ts';

export interface DesktopOptions {
  /** Stint's home; Chromium's own files go into a folder of it. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Where the message buses are; the process's own if omitted. */
  readonly env?: NodeJS.ProcessEnv;
  readonly preload: string;
  readonly icons: Icons;
  /** Pages that the tray opens in the browser; none if omitted. */
  readonly help?: HelpLinks;
  /** Becomes the owner of the workspace, or the client of a newer one. */
  readonly connectToOwner: () => Promise<OwnerConnection>;
  readonly trayVisible?: () => Promise<boolean>;
  /** Whether a page belongs to a sign-in, which may navigate to other hosts. */
  readonly isSignInPage?: (contentsId: number) => boolean;
  /** The arguments of the program. */
  readonly args?: readonly string[];
  /** It was started at login: no window opens if a tray shows that it runs. */
  readonly startHidden?: boolean;
  /** What is started at login. */
  readonly login?: Pick<LoginItemParts, 'env' | 'program'>;
  /** Shown to the user before anything else. */
  readonly notice?: string | undefined;
}
