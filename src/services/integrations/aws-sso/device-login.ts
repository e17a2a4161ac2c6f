import type { Clock } from '../../clock/clock.ts';
import { Problem } from '../../../models/problem.ts';
import type { LoginRequest, TokenAnswer } from './login.ts';
import { deviceGrant } from './registration.ts';
import { isGrantRefused, isPending, isTooFast } from './sso-problem.ts';

/** Seconds between two checks if Identity Center names none (RFC 8628 §3.5). */
const usualInterval = 5;

/**
 * Signs in with a device code (RFC 8628): the person confirms the code shown here in a browser
 * anywhere. `slow_down` makes the pause five seconds longer from then on. Throws Problem
 * 'prompt-expired' when the code has expired.
 */
export async function deviceLogin(request: LoginRequest): Promise<TokenAnswer> {
  const { connection, registration, integration, signal, clock } = request;
  const { sdk, client } = connection;
  const device = await client.send(
    new sdk.StartDeviceAuthorizationCommand({ ...registration, startUrl: integration.startUrl }),
    { abortSignal: signal },
  );
  const ends = clock.now() + (device.expiresIn ?? 600) * 1000;
  const { answer, close } = request.ask({
    kind: 'device-code',
    deadline: ends,
    url: device.verificationUriComplete ?? device.verificationUri ?? integration.startUrl,
    code: device.userCode ?? '',
    text: `Sign in to ${integration.name}: confirm that the page shows this code`,
  });
  /** "I have confirmed it" causes one check at once; after that only the interval counts. */
  let confirmedOrCancelled: Promise<unknown> | undefined = answer;
  try {
    for (let interval = device.interval ?? usualInterval; ;) {
      const confirmed = await Promise.race([pause(clock, interval * 1000), confirmedOrCancelled]);
      if (confirmed !== undefined) confirmedOrCancelled = undefined;
      signal.throwIfAborted();
      if (clock.now() >= ends) throw tooLate(integration.name);
      try {
        return await client.send(
          new sdk.CreateTokenCommand({
            ...registration,
            grantType: deviceGrant,
            deviceCode: device.deviceCode ?? '',
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
