import type { HistoryKind } from '../../models/history.ts';

/** What the window reports when it happens in the background: in short, and what follows from it. */
export const reported: ReadonlyMap<HistoryKind, { readonly text: string; readonly next: string }> =
  new Map([
    [
      'rotation-failed',
      {
        text: 'The renewal failed.',
        next: 'The current credentials work until they expire. Stint tries again.',
      },
    ],
    [
      'credentials-expired',
      {
        text: 'Its credentials expired before they could be renewed, so Stint removed them.',
        next: 'The session becomes active again by itself. To try at once, renew it.',
      },
    ],
    [
      'session-ending',
      {
        text: 'The session reaches its maximum duration or validity soon.',
        next: 'It ends then. stint extend gives it more time.',
      },
    ],
    [
      'section-restored',
      {
        text: 'Another program changed its section, and Stint restored it.',
        next: 'You do not have to do anything.',
      },
    ],
  ]);
