import type { Json } from '../../arguments/help.ts';
import type { Context } from '../../context.ts';
import { findIntegration } from '../../integrations/find-integration.ts';
import type { IntegrationView } from '../../owner/owner-client.ts';
import { printable } from '../../../models/printable.ts';
import { CommandFailure, errorText, exitCodeOf } from '../../failure.ts';
import { quoted } from '../../terminal/quoted.ts';
import { isInteractive, printJson, say } from '../../terminal/shell.ts';
import { skippedText, syncProgressText, syncResultText } from '../../../client/sync-text.ts';
import { signedIn } from './sign-in.ts';

export interface SyncFlags extends Json {
  readonly all?: boolean;
}

/** With `all`, a failure of one does not keep the others from their turn; JSON is an array then. */
export async function sync(
  context: Context,
  name: string | undefined,
  { all, json }: SyncFlags,
): Promise<void> {
  const { owner, shell } = context;
  if (all !== true) {
    const answer = await syncOne(context, await findIntegration(context, name));
    if (json === true) printJson(shell, answer);
    return;
  }
  if (name !== undefined) {
    throw new CommandFailure('usage', 'Give the name of an integration or --all, not both.');
  }
  const { items } = await owner.request('GET', '/v1/integrations');
  if (items.length === 0) say(shell, 'There are no integrations.');
  const answers: unknown[] = [];
  for (const integration of items) {
    const shown = printable(integration.name);
    say(shell, `Syncing ${shown} …`);
    try {
      answers.push(await syncOne(context, integration));
    } catch (error) {
      say(shell, `stint: ${shown}: ${errorText(error)}`);
      context.endWith(exitCodeOf(error));
    }
  }
  if (json === true) printJson(shell, answers);
}

async function syncOne(context: Context, { integrationId, name }: IntegrationView) {
  const { owner, shell } = context;
  context.continues(
    `The sync continues in the agent. Follow it again: stint integration sync ${quoted(name)}`,
  );
  const request = () =>
    withProgress(context, integrationId, () =>
      owner.request('POST', '/v1/integrations/{id}/sync', { path: { id: integrationId } }),
    );
  let answer = await request();
  if (!('result' in answer) && (await signedIn(context, answer)) !== undefined) {
    // It continued after the sign-in: this joins it, or finds everything up to date.
    answer = await request();
  }
  if (!('result' in answer)) return answer;
  say(shell, `Synced: ${syncResultText(answer.result)}.`);
  const skipped = skippedText(answer.result);
  if (skipped !== undefined) say(shell, `Stint ${skipped}. Sync again later.`);
  return answer;
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
