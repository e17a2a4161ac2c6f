import type { Json } from '../../arguments/help.ts';
import { rethrowAsTyped } from '../../arguments/typed-names.ts';
import type { Context } from '../../context.ts';
import { CommandFailure } from '../../failure.ts';
import { findIntegration } from '../../integrations/find-integration.ts';
import type { IntegrationView } from '../../owner/owner-client.ts';
import type { reportPrompts } from '../../prompts/report-prompts.ts';
import { printable } from '../../../models/printable.ts';
import { waitUntil } from '../../prompts/wait-until.ts';
import { printJson, say } from '../../terminal/shell.ts';
import type { Snapshot } from '../../prompts/subscription.ts';

export interface LoginFlags {
  readonly json?: boolean;
  readonly deviceCode?: boolean;
  readonly browser?: boolean;
  /** In base64 or as JSON. */
  readonly claimsChallenge?: string;
}

export async function login(context: Context, name: string | undefined, flags: LoginFlags) {
  const { owner, shell } = context;
  const { integrationId } = await findIntegration(context, name);
  const method =
    flags.deviceCode === true ? 'device-code' : flags.browser === true ? 'browser' : undefined;
  const { claimsChallenge } = flags;
  const answer = await owner
    .request('POST', '/v1/integrations/{id}/login', {
      path: { id: integrationId },
      body: {
        ...(method === undefined ? {} : { method }),
        ...(claimsChallenge === undefined ? {} : { claimsChallenge }),
      },
    })
    .catch(rethrowAsTyped({ claimsChallenge: '--claims-challenge' }));
  const signed = await signedIn(context, answer);
  if (flags.json === true) printJson(shell, signed ?? answer);
  if (signed === undefined) return;
  say(shell, `${printable(signed.integration.name)} is signed in.`);
}

export async function logout(
  context: Context,
  name: string | undefined,
  { json }: Json,
): Promise<void> {
  const { owner, shell } = context;
  const { integrationId } = await findIntegration(context, name);
  const after = await owner.request('POST', '/v1/integrations/{id}/logout', {
    path: { id: integrationId },
  });
  if (json === true) printJson(shell, after);
  say(shell, `${printable(after.name)} is signed out; its sessions have ended.`);
}

/** Waits for a sign-in at the terminal; undefined if there is none to ask at. */
export async function signedIn(
  context: Context,
  answer: {
    readonly integration: IntegrationView;
    readonly prompts?: Parameters<typeof reportPrompts>[1];
  },
): Promise<{ readonly integration: IntegrationView } | undefined> {
  const { owner } = context;
  const { integration, prompts = [] } = answer;
  if (prompts.length === 0) return { integration };
  const { integrationId } = integration;
  const read = async (): Promise<Snapshot<IntegrationView>> => {
    const [value, { items }] = await Promise.all([
      owner.request('GET', '/v1/integrations/{id}', { path: { id: integrationId } }),
      owner.request('GET', '/v1/prompts'),
    ]);
    return { value, prompts: items.filter((prompt) => prompt.integrationId === integrationId) };
  };
  const after = await waitUntil(context, read, ({ status }) => status !== 'logging-in');
  if (after === undefined) return undefined;
  if (after.status === 'logged-in') return { integration: after };
  throw new CommandFailure('failed', `${printable(after.name)} is not signed in.`);
}
