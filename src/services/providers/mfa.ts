import { parseArn } from '../../models/arn.ts';
import type { ProviderRequest } from './provider.ts';
import { isMfaCodeRefused } from './sts-problem.ts';

/** How often a person may enter an MFA code before the start fails. */
const attempts = 3;

/** The question for a code of `device`, as a person reads it. */
export type MfaQuestion = Parameters<ProviderRequest<unknown>['ask']>[0];

/** The parameters of an STS call that prove an MFA device; none without one. */
export type MfaParameters = { readonly SerialNumber: string; readonly TokenCode: string } | object;

/**
 * Calls STS with a code of `device`, asking for another one if STS refuses it. Without a device it
 * calls once, without a code.
 */
export async function withMfaCode<T>(
  device: string | undefined,
  code: (attempt: number) => Promise<string>,
  call: (mfa: MfaParameters) => Promise<T>,
): Promise<T> {
  if (device === undefined) return await call({});
  for (let attempt = 1; ; attempt += 1) {
    const TokenCode = await code(attempt);
    try {
      return await call({ SerialNumber: device, TokenCode });
    } catch (error) {
      if (!isMfaCodeRefused(error) || attempt === attempts) throw error;
    }
  }
}

export function mfaQuestion(
  sessionName: string,
  device: string,
  { attempt, role }: { readonly attempt: number; readonly role?: string | undefined },
): MfaQuestion {
  const account = parseArn(role ?? device)?.accountId ?? parseArn(device)?.accountId;
  return {
    kind: 'mfa',
    device,
    ...(account === undefined ? {} : { account }),
    ...(role === undefined ? {} : { role }),
    text:
      attempt > 1
        ? `AWS refused that MFA code for ${sessionName}. Enter the next code that the device shows.`
        : `MFA code for ${sessionName}`,
  };
}
