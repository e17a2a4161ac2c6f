import type { AzureSession } from '../../models/session.ts';
import { createAwsSsoSource } from '../../services/integrations/aws-sso/aws-sso-source.ts';
import { SsoSignIn } from '../../services/integrations/aws-sso/sign-in.ts';
import { readSubscription } from '../../services/integrations/azure/list-subscriptions.ts';
import { createAzureSource } from '../../services/integrations/azure/azure-source.ts';
import { AzureSignIn } from '../../services/integrations/azure/sign-in.ts';
import { integrationMissing } from '../../services/providers/integration-missing.ts';
import { IntegrationRepository } from '../../services/integrations/integration-repository.ts';
import type { Foundation } from './foundation.ts';
import type { Network } from './network.ts';
import type { Storage } from './storage.ts';

export type SignIns = ReturnType<typeof composeSignIns>;

/** The integrations, how people sign in at them, and what they offer. */
export function composeSignIns(
  { environment, elapsed, log }: Foundation,
  { workspace, events, secrets, prompts, history, settings }: Storage,
  { connectSso, connectAzure }: Network,
) {
  const repository = new IntegrationRepository({ workspace, events });
  const usualMethod = environment.hasScreen ? 'browser' : 'device-code';
  const common = {
    repository,
    secrets,
    prompts,
    history,
    clock: elapsed,
    usualMethod,
    log,
  } as const;
  const sso = new SsoSignIn({ ...common, connect: connectSso });
  const azure = new AzureSignIn({ ...common, connect: connectAzure });
  const find = (integrationId: string) => repository.find(integrationId);
  /** The cloud of a session's integration; the public one if the integration is gone. */
  const cloudOf = ({ integrationId }: Pick<AzureSession, 'integrationId'>) => {
    const integration = find(integrationId);
    return connectAzure.cloudOf(integration?.kind === 'azure' ? integration : undefined);
  };
  return {
    /** Throws Problem for a subscription that the account of its integration may not read. */
    readSubscription: async (session: AzureSession, signal: AbortSignal): Promise<void> => {
      const integration = find(session.integrationId);
      if (integration?.kind !== 'azure') throw integrationMissing(session);
      const parts = { connect: connectAzure, signIn: azure };
      await readSubscription(parts, integration, session, signal);
    },
    repository,
    sso,
    azure,
    find,
    cloudOf,
    sources: {
      awsSso: createAwsSsoSource({
        signIn: sso,
        connect: connectSso,
        settings: () => settings.current(),
      }),
      azure: createAzureSource({
        signIn: azure,
        connect: connectAzure,
        settings: () => settings.current(),
      }),
    },
  };
}
