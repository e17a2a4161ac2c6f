import type { Json } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { findIntegration } from '../../integrations/find-integration.ts';
import { isInteractive, printJson, say } from '../../terminal/shell.ts';
import { skippedText, syncProgressText, syncResultText } from '../../../client/sync-text.ts';
import { signedIn } from './sign-in.ts';

export async function sync(
  context: Context,
  name: string | undefined,
  { json }: Json,
): Promise<void> {
  const { owner, shell } = context;
  const { integrationId } = await findIntegration(context, name);
  const request = () =>
    withProgress(context, integrationId, () =>
      owner.request('POST', '/v1/integrations/{id}/sync', { path: { id: integrationId } }),
    );
  let answer = await request();
  if (!('result' in answer) && (await signedIn(context, answer)) !== undefined) {
    // It continued after the sign-in: this joins it, or finds everything up to date.
    answer = await request();
  }
  if (json === true) printJson(shell, answer);
  if (!('result' in answer)) return;
  say(shell, `Synced: ${syncResultText(answer.result)}.`);
  const skipped = skippedText(answer.result);
  if (skipped !== undefined) say(shell, `Stint ${skipped}. Sync again later.`);
}

/** Shows at a terminal how far the sync is, while `work` runs. */
async function withProgress<T>(
  { owner, shell }: Context,
  integrationId: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!isInteractive(shell)) return await work();
  const over = new AbortController();
  const follow = async () => {
    for await (const { event } of owner.events({ signal: over.signal })) {
      if (event.type !== 'integration') continue;
      const { sync, kind, integrationId: id } = event.integration;
      if (id !== integrationId || sync?.total === undefined) continue;
      // On the same line each time; the last one stays.
      const progress = syncProgressText(kind, sync);
      shell.stderr.write(`\r${progress}${sync.done === sync.total ? '\n' : ''}`);
    }
  };
  void follow().catch(() => undefined);
  try {
    return await work();
  } finally {
    over.abort();
  }
}
