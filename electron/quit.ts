import type { AppShell } from './runtime.ts';

/**
 * Quitting waits for the owner to end as the quit setting says; `end` is bounded by the deadlines of
 * the owner's life cycle. Returns a function that tells whether quitting has begun.
 */
export function quitOrderly(app: AppShell, end: () => Promise<void>): () => boolean {
  let stage: 'running' | 'ending' | 'ended' = 'running';
  app.on('before-quit', (event) => {
    if (stage === 'ended') return;
    event.preventDefault();
    if (stage === 'ending') return;
    stage = 'ending';
    const quit = () => {
      stage = 'ended';
      app.quit();
    };
    end().then(quit, quit);
  });
  return () => stage !== 'running';
}
