import type { HistoryEntry } from '../../models/history.ts';

const ways = {
  socket: 'on the command line',
  port: 'in the browser window',
  'desktop-app': 'in the desktop app',
} as const;

/** Who asked for it. */
export function whoText({ by, actor }: Pick<HistoryEntry, 'by' | 'actor'>): string {
  if (by === 'stint') return 'Stint';
  if (by === 'lease') return 'a program with a lease';
  if (by === 'owner') {
    return actor === undefined || actor.via === 'port' ? 'You' : `You, ${ways[actor.via]}`;
  }
  if (by === 'window') return `You, ${ways[actor?.via === 'desktop-app' ? 'desktop-app' : 'port']}`;
  return `token “${by}”`;
}
