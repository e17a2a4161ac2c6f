import type { CreateTokenCommandOutput } from '@aws-sdk/client-sso-oidc';
import * as z from 'zod';
import { issuedTextSchema } from '../../../models/credentials.ts';
import type { AwsSsoIntegration } from '../../../models/integration.ts';
import type { Clock } from '../../clock/clock.ts';
import type { AskToSignIn } from '../sign-in-question.ts';
import type { OidcConnection } from './connect.ts';
import type { Registration } from './registration.ts';

/** As the SDK gives it, which checks no types. */
export type TokenAnswer = CreateTokenCommandOutput;

/** `expiresIn`: in seconds. No session at an access portal is longer than 90 days (IAM Identity Center User Guide). */
export const tokenAnswerSchema = z.object({
  accessToken: issuedTextSchema,
  refreshToken: z.string().min(1).optional(),
  expiresIn: z
    .number()
    .positive()
    .max(90 * 86_400),
});

/** What both login methods need. */
export interface LoginRequest {
  readonly connection: OidcConnection;
  readonly registration: Registration;
  readonly integration: AwsSsoIntegration;
  /** The access portal that its start URL leads to. */
  readonly portal: string;
  readonly scopes: readonly string[];
  /** Added to what a person is asked: why another region than usual is used; else empty. */
  readonly why: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly ask: AskToSignIn;
}
