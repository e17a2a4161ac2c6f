import * as z from 'zod';

/**
 * What Azure asks for beyond a sign-in, such as a second factor, as tools print it: the claims request
 * in base64, or as JSON, or the whole header with it (Microsoft Learn, "Claims challenges, claims
 * requests, and client capabilities"; OpenID Connect Core 1.0 §5.5). Becomes the JSON.
 */
export const claimsChallengeSchema = z
  .string()
  .min(2)
  .max(8192)
  .transform((text, context) => {
    const claims = claimsIn(text.trim());
    if (claims !== undefined) return claims;
    context.addIssue({
      code: 'custom',
      message: 'must be a claims challenge, as JSON or in base64',
    });
    return z.NEVER;
  });

function claimsIn(text: string): string | undefined {
  const [, named = text] = /\bclaims="([^"]+)"/.exec(text) ?? [];
  return [named, fromBase64(named)].find(isClaimsRequest);
}

function fromBase64(text: string): string {
  if (!/^[\w+/-]+=*$/.test(text)) return '';
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Whether it is an object with something to ask of a token. */
function isClaimsRequest(text: string): boolean {
  try {
    const request: unknown = JSON.parse(text);
    return z.looseObject({ access_token: z.looseObject({}) }).safeParse(request).success;
  } catch {
    return false;
  }
}
