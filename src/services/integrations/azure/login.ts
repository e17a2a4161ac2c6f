import type { ICachePlugin } from '@azure/msal-node';
import type { AzureIntegration } from '../../../models/integration.ts';
import type { Clock } from '../../clock/clock.ts';
import type { AskToSignIn } from '../sign-in-question.ts';
import type { AzureConnection } from './connect.ts';

/** What both login methods need. */
export interface AzureLogin {
  readonly connection: AzureConnection;
  readonly integration: AzureIntegration;
  /** The integration's tenant, or one whose policies require their own sign-in. */
  readonly tenantId: string;
  /** Where the tokens are kept. */
  readonly cache: ICachePlugin;
  readonly scopes: readonly string[];
  /** What Entra requires of the sign-in, from its refusal. */
  readonly claims?: string | undefined;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly ask: AskToSignIn;
}
