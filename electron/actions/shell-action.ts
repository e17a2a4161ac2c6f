import type { WindowRequest } from '../../src/models/window-request.ts';

/** What a click in the tray or on a notification does. */
export type ShellAction =
  | {
      readonly kind: 'start' | 'stop' | 'rotate' | 'console';
      readonly sessionId: string;
    }
  | { readonly kind: 'extend'; readonly sessionId: string; readonly seconds: number }
  /** `answer`: what was typed into the notification; without one, the code in the clipboard is taken. */
  | { readonly kind: 'answer'; readonly promptId: string; readonly answer?: string }
  | { readonly kind: 'cancel'; readonly promptId: string }
  /** Opens the window, at what is requested. */
  | { readonly kind: 'show'; readonly request?: WindowRequest }
  /** Opens a page of Stint's own in the browser. */
  | { readonly kind: 'browse'; readonly address: string }
  | { readonly kind: 'stop-all' }
  | { readonly kind: 'lock' }
  | { readonly kind: 'unlock' }
  | { readonly kind: 'quit' };
