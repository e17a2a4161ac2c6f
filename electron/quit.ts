import type { AppShell } from './runtime.ts';

/** How long an orderly end may take before Stint ends without it, in milliseconds. */
const patience = 20_000;

/**
 * Quitting waits for the owner to end as the quit setting says. The next owner reconciles whatever
 * an end that hangs has left. Returns what tells whether quitting has begun.
 */
export function quitOrderly(app: AppShell, end: () => Promise<void>): () => boolean {
  let stage: 'running' | 'ending' | 'ended' = 'running';
  app.on('before-quit', (event) => {
    if (stage === 'ended') return;
    event.preventDefault();
    if (stage === 'ending') return;
    stage = 'ending';
    const finish = () => {
      clearTimeout(hurry);
      if (stage === 'ended') return;
      stage = 'ended';
      app.quit();
    };
    const hurry = setTimeout(finish, patience);
    end().then(finish, finish);
  });
  return () => stage !== 'running';
}
