import type { Session } from '../../models/session.ts';
import type { ProviderRequest } from '../providers/provider.ts';
import type { RunContext } from './run-context.ts';

/** How long a start may take before its run is written down, in milliseconds: a person notices more. */
const unnoticed = 1000;

type Questions = Pick<ProviderRequest<Session>, 'ask' | 'open'>;

/**
 * Obtains credentials for a run that has begun in memory. Most are there in less time than the write
 * takes, and the write of the active session says all; so a run is written down only where a crash would
 * lose something a person knows of: once they are asked, by way of `written`, or it takes longer than a
 * second. Throws what `obtain` throws.
 */
export async function writtenIfSlow<T>(
  { repository, elapsed }: Pick<RunContext, 'repository' | 'elapsed'>,
  sessionId: string,
  obtain: (written: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const written = () => repository.writeBegun(sessionId);
  const cancel = elapsed.after(unnoticed, () => {
    // Where it fails, the next write of the start does too, and says so.
    written().catch(() => undefined);
  });
  try {
    return await obtain(written);
  } finally {
    cancel();
  }
}

/** The same questions, asked once `written` has resolved. `ask` throws what that throws, too. */
export function askedOnce(written: () => Promise<void>, { ask, open }: Questions): Questions {
  return {
    ask: async (question, until) => {
      await written();
      return await ask(question, until);
    },
    open: (question) => {
      // It cannot wait: a window may already be open.
      written().catch(() => undefined);
      return open(question);
    },
  };
}
