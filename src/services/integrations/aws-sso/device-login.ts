import * as z from 'zod';
import { issuedTextSchema } from '../../../models/credentials.ts';
import { Problem } from '../../../models/problem.ts';
import { httpsOrLoopbackUrlSchema } from '../../../models/url.ts';
import type { Clock } from '../../clock/clock.ts';
import { unusable } from '../../network/sdk-error.ts';
import { showCode } from '../sign-in-question.ts';
import type { LoginRequest, TokenAnswer } from './login.ts';
import { deviceGrant } from './registration.ts';
import { isGrantRefused, isPending, isTooFast } from './sso-problem.ts';

/**
 * What a device authorization answers (RFC 8628 §3.2), times in seconds: a code nobody can use before it
 * expires, or a check that follows at once, is a fault of the service.
 */
const deviceSchema = z.object({
  deviceCode: z.string().min(1),
  userCode: issuedTextSchema.max(64),
  verificationUri: httpsOrLoopbackUrlSchema.optional(),
  verificationUriComplete: httpsOrLoopbackUrlSchema.optional(),
  expiresIn: z.number().min(1).max(3600).default(600),
  interval: z.number().min(1).max(60).default(5),
});

/**
 * Signs in with a device code (RFC 8628): the person confirms the code shown here in a browser
 * anywhere. `slow_down` makes the pause five seconds longer from then on. Throws Problem
 * 'prompt-expired' when the code has expired, 'cloud-refused' for an answer that cannot be used.
 */
export async function deviceLogin(request: LoginRequest): Promise<TokenAnswer> {
  const { connection, registration, integration, portal, signal, clock } = request;
  const { sdk, client } = connection;
  const given = await client.send(
    new sdk.StartDeviceAuthorizationCommand({ ...registration, startUrl: portal }),
    { abortSignal: signal },
  );
  const { success, data: device } = deviceSchema.safeParse(given);
  if (!success) {
    const about = { service: 'AWS Identity Center', about: `integration ${integration.name}` };
    throw unusable({ why: 'it has no code that can be used' }, about);
  }
  const ends = clock.now() + device.expiresIn * 1000;
  const { failed, close, ...shown } = showCode(request.ask, clock, {
    kind: 'device-code',
    deadline: ends,
    url: device.verificationUriComplete ?? device.verificationUri ?? portal,
    code: device.userCode,
    text: `Sign in to ${integration.name}: confirm that the page shows this code${request.why}`,
  });
  /** "I have confirmed it" causes one check at once; after that only the interval counts. */
  let confirmed = shown.confirmed;
  try {
    for (let interval = device.interval; ;) {
      const early = await Promise.race([pause(clock, interval * 1000), confirmed, failed]);
      if (early !== undefined) confirmed = failed;
      signal.throwIfAborted();
      if (clock.now() >= ends) throw tooLate(integration.name);
      try {
        return await client.send(
          new sdk.CreateTokenCommand({
            ...registration,
            grantType: deviceGrant,
            deviceCode: device.deviceCode,
          }),
          { abortSignal: signal },
        );
      } catch (error) {
        if (isTooFast(error)) interval += 5;
        else if (isGrantRefused(error)) throw tooLate(integration.name);
        else if (!isPending(error)) throw error;
      }
    }
  } finally {
    close();
  }
}

function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

function tooLate(name: string): Problem {
  return new Problem('prompt-expired', {
    detail: `Nobody confirmed the code for ${name} in time.`,
    next: 'Start again and sign in.',
  });
}
