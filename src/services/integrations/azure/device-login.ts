import type { AuthenticationRecord } from '@azure/identity';
import * as z from 'zod';
import { issuedTextSchema } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import { httpsOrLoopbackUrlSchema } from '../../../models/url.ts';
import { showCode } from '../sign-in-question.ts';
import { clientIdOf } from './application.ts';
import type { Trouble } from './connect.ts';
import { credentialOptions } from './credential.ts';
import type { AzureLogin } from './login.ts';
import { withCache } from './with-cache.ts';

/** How long Entra's device codes are valid, in milliseconds (Microsoft Learn, "OAuth 2.0 device code flow"). */
const codeLifetime = 15 * 60_000;

/** MSAL takes a code from any answer that names no error; without an interval it would ask without a pause. */
const codeSchema = z.object({
  userCode: issuedTextSchema.max(64),
  verificationUri: httpsOrLoopbackUrlSchema,
  expiresIn: z.coerce.number(),
  interval: z.coerce.number(),
});

/**
 * Signs in with a device code (RFC 8628): the person confirms the code shown here in a browser
 * anywhere. Throws Problem 'prompt-expired' when the code has expired.
 */
export async function deviceLogin(login: AzureLogin): Promise<AuthenticationRecord> {
  const identity = await import('@azure/identity');
  const { connection, integration, tenantId, cache, scopes, signal, clock, claims } = login;
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let close = (): void => undefined;
  const credential = withCache(
    identity,
    cache,
    () =>
      new identity.DeviceCodeCredential({
        ...credentialOptions(connection),
        tenantId,
        clientId: clientIdOf(integration),
        userPromptCallback: (given) => {
          const { userCode, verificationUri } = codeSchema.parse(given);
          // "I have confirmed it" causes no check: Entra sets the pace of them.
          const shown = showCode(login.ask, clock, {
            kind: 'device-code',
            url: verificationUri,
            code: userCode,
            text: `Sign in to ${integration.name}: enter this code on the page`,
            deadline: clock.now() + codeLifetime,
          });
          close = shown.close;
          shown.failed.catch(reject);
        },
      }),
  );
  const giveUp = new AbortController();
  try {
    const record = await Promise.race([
      credential.authenticate([...scopes], {
        abortSignal: AbortSignal.any([signal, giveUp.signal]),
        ...(claims === undefined ? {} : { claims }),
      }),
      failed,
    ]);
    if (record === undefined) throw new Error('Entra ID answered the sign-in without an account');
    return record;
  } catch (error) {
    signal.throwIfAborted();
    if (!hasExpired(error, connection.trouble())) throw error;
    throw new Problem('prompt-expired', {
      detail: `Nobody confirmed the code for ${integration.name} in time.`,
      next: 'Start again and sign in.',
    });
  } finally {
    giveUp.abort();
    close();
  }
}

/** According to Entra, or to MSAL by its own clock. */
function hasExpired(error: unknown, trouble: Trouble | undefined): boolean {
  return trouble?.kind === 'refused'
    ? trouble.refusal.error === 'expired_token'
    : error instanceof Error && error.message.includes('device_code_expired');
}
