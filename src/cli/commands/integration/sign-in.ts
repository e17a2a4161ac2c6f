import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { findIntegration } from '../../integrations/find-integration.ts';
import type { IntegrationView } from '../../owner/owner-client.ts';
import { reportPrompts } from '../../prompts/report-prompts.ts';
import { printable } from '../../terminal/printable.ts';
import { waitUntil } from '../../prompts/wait-until.ts';
import { isInteractive, printJson, say } from '../../terminal/shell.ts';
import type { Standing } from '../../prompts/watch.ts';

export interface LoginFlags {
  readonly json?: boolean;
  readonly deviceCode?: boolean;
  readonly browser?: boolean;
}

export async function login(context: Context, name: string | undefined, flags: LoginFlags) {
  const { owner, shell } = context;
  const { integrationId } = await findIntegration(context, name);
  const method =
    flags.deviceCode === true ? 'device-code' : flags.browser === true ? 'browser' : undefined;
  const answer = await owner.request('POST', '/v1/integrations/{id}/login', {
    path: { id: integrationId },
    body: method === undefined ? {} : { method },
  });
  const settled = await signedIn(context, answer);
  if (flags.json === true) printJson(shell, settled ?? answer);
  if (settled === undefined) return;
  say(shell, `${printable(settled.integration.name)} is signed in.`);
}

export async function logout(
  context: Context,
  name: string | undefined,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const { owner, shell } = context;
  const { integrationId } = await findIntegration(context, name);
  const after = await owner.request('POST', '/v1/integrations/{id}/logout', {
    path: { id: integrationId },
  });
  if (json === true) printJson(shell, after);
  say(shell, `${printable(after.name)} is signed out; sessions that came by it have ended.`);
}

/** Sees a sign-in through at the terminal; undefined where nobody is there for it. */
export async function signedIn(
  context: Context,
  answer: {
    readonly integration: IntegrationView;
    readonly prompts?: Parameters<typeof reportPrompts>[1];
  },
): Promise<{ readonly integration: IntegrationView } | undefined> {
  const { owner, shell } = context;
  const { integration, prompts = [] } = answer;
  if (prompts.length === 0) return { integration };
  if (!isInteractive(shell)) {
    reportPrompts(context, prompts);
    return undefined;
  }
  const { integrationId } = integration;
  const look = async (): Promise<Standing<IntegrationView>> => {
    const [now, { items }] = await Promise.all([
      owner.request('GET', '/v1/integrations/{id}', { path: { id: integrationId } }),
      owner.request('GET', '/v1/prompts'),
    ]);
    return { now, prompts: items.filter((prompt) => prompt.integrationId === integrationId) };
  };
  const after = await waitUntil(context, look, ({ status }) => status !== 'logging-in');
  if (after.status === 'logged-in') return { integration: after };
  throw new CommandFailure('failed', `${printable(after.name)} was not signed in.`);
}
