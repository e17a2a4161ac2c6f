import type { CreateTokenCommandOutput } from '@aws-sdk/client-sso-oidc';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { Clock } from '../../clock/clock.ts';
import type { AskToSignIn } from '../sign-in-question.ts';
import type { OidcConnection } from './connect.ts';
import type { Registration } from './registration.ts';

export type TokenAnswer = CreateTokenCommandOutput;

/** What both login methods need. */
export interface LoginRequest {
  readonly connection: OidcConnection;
  readonly registration: Registration;
  readonly integration: AwsSsoIntegration;
  readonly scopes: readonly string[];
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly ask: AskToSignIn;
}
