import type { PipelineResponse } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import { issuedTextSchema } from '../../../models/credentials.ts';
import { UnusableAnswer } from '../../network/unusable-answer.ts';

/** In seconds; older endpoints write it as text. */
const seconds = z.coerce.number().min(0).max(1e9).optional();
const text = z.string().min(1).optional();

/**
 * The members that MSAL takes as they come (RFC 6749 §5.1, RFC 8628 §3.2, OpenID Connect Core §3.1.3.3).
 * With an interval of nothing it would ask without a pause.
 */
const answerSchema = z.looseObject({
  access_token: issuedTextSchema.optional(),
  refresh_token: text,
  id_token: text,
  device_code: text,
  user_code: text,
  verification_uri: text,
  expires_in: seconds,
  ext_expires_in: seconds,
  refresh_in: seconds,
  interval: z.coerce.number().min(1).max(60).optional(),
  nextLink: z.string().nullish(),
  // One fault for all rows: there may be any number of them.
  value: z
    .array(z.unknown())
    .refine((rows) => rows.every((row) => typeof row === 'object' && row !== null))
    .optional(),
});

/** Of a grant: MSAL would make the end of the sign-in of an answer without a token. */
const tokenSchema = answerSchema.required({ access_token: true });

/**
 * Throws UnusableAnswer for a body that neither Entra ID nor Resource Manager would answer with. MSAL takes
 * the members of an answer whatever its status is; a refusal may be a page.
 */
export function requireReadable(
  { status, bodyAsText, request }: Pick<PipelineResponse, 'status' | 'bodyAsText' | 'request'>,
  host: string,
): void {
  const why = 'it is not what this service says';
  let given: unknown;
  try {
    given = JSON.parse(bodyAsText ?? '');
  } catch (cause) {
    if (status >= 400) return;
    throw new UnusableAnswer(host, why, cause);
  }
  const { body } = request;
  const isGrant = status < 400 && typeof body === 'string' && body.includes('grant_type=');
  const { error } = (isGrant ? tokenSchema : answerSchema).safeParse(given);
  if (error === undefined) return;
  const members = error.issues.map(({ path }) => path.join('.')).filter((path) => path !== '');
  throw new UnusableAnswer(host, members.length === 0 ? why : `${why} (${members.join(', ')})`);
}
