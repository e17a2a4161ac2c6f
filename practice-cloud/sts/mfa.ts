import type { ActionContext } from './action.ts';
import type { Constraint, ConstraintCheck } from './constraints.ts';
import { accessDenied } from './fault.ts';

/** STS API Reference "GetSessionToken" and "AssumeRole", parameters SerialNumber and TokenCode. */
const serialNumber: Constraint = { minLength: 9, maxLength: 256, pattern: '[\\w+=/:,.@-]*' };
const tokenCode: Constraint = { minLength: 6, maxLength: 6, pattern: '[\\d]*' };

export interface MfaParameters {
  readonly serial: string | undefined;
  readonly code: string | undefined;
}

export function readMfa(check: ConstraintCheck): MfaParameters {
  return {
    serial: check.text('SerialNumber', serialNumber),
    code: check.text('TokenCode', tokenCode),
  };
}

/**
 * Whether the caller proved a second factor; `false` when none was offered.
 * Source: IAM User Guide "Secure API access with MFA"; a code works once (IAM User Guide "Resync
 * virtual and hardware MFA devices" and RFC 6238 §5.2).
 * @throws StsFault AccessDenied
 */
export function provesMfa(given: MfaParameters, context: ActionContext): boolean {
  const { serial, code } = given;
  if (serial === undefined && code === undefined) return false;
  if (serial === undefined || code === undefined) {
    throw accessDenied(
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    );
  }
  const device = context.directory.mfaDevice(serial);
  const { principal } = context;
  if (device === undefined || device.userArn !== principal.arn) {
    throw accessDenied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA ' +
        'serial number is valid and associated with this user.',
    );
  }
  if (!device.take(code, context.now, context.totpWindowSteps)) {
    throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
  }
  return true;
}
