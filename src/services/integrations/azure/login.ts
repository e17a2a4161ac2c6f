import type { ICachePlugin } from '@azure/msal-node';
import type { AzureIntegration } from '../../../models/integration.ts';
import type { AskToSignIn } from '../sign-in-question.ts';
import type { AzureConnection } from './connect.ts';

/** What both ways to sign in work with. */
export interface AzureLogin {
  readonly connection: AzureConnection;
  readonly integration: AzureIntegration;
  /** Where to: the integration's own tenant, or one whose policies require a separate sign-in. */
  readonly tenantId: string;
  /** Where the tokens are kept. */
  readonly cache: ICachePlugin;
  readonly scopes: readonly string[];
  /** What Entra wants to know of the sign-in, as it has said. */
  readonly claims?: string | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly ask: AskToSignIn;
}
