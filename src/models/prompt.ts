import * as z from 'zod';
import { actorSchema } from './history.ts';
import { instantSchema } from './time.ts';

/** A question that only a person can answer. Any client with the scope can answer it; the first answer counts. */
export const promptSchema = z.object({
  promptId: z.uuid(),
  kind: z.enum([
    'mfa',
    'confirm',
    'unlock',
    'login',
    'device-code',
    'saml',
    'sign-in-window',
    'choice',
  ]),
  sessionId: z.uuid().optional(),
  integrationId: z.uuid().optional(),
  account: z.string().optional(),
  role: z.string().optional(),
  /** The MFA device's serial number or ARN. */
  device: z.string().optional(),
  text: z.string(),
  url: z.string().optional(),
  code: z.string().optional(),
  /** Of `choice`: what there is to choose from; the answer is one of them, or its number from 1. */
  choices: z.array(z.string()).optional(),
  /** Of `unlock`: the answer becomes the passphrase, so clients ask for it twice. */
  isNew: z.boolean().optional(),
  /** Who asked for the work that raised it; missing where Stint itself did, as for a renewal. */
  askedBy: actorSchema.extend({ subject: z.string() }).optional(),
  expiresAt: instantSchema,
});
export type Prompt = z.infer<typeof promptSchema>;

/** Exactly one of the two: an answer, or giving up. */
export const promptAnswerSchema = z.union(
  [
    // As long as a SAML response may be (STS API Reference, AssumeRoleWithSAML), and some more.
    z.strictObject({ answer: z.string().min(1).max(200_000) }),
    z.strictObject({ cancel: z.literal(true) }),
  ],
  { error: 'must have an answer, or cancel: true, and nothing else' },
);
export type PromptAnswer = z.infer<typeof promptAnswerSchema>;
